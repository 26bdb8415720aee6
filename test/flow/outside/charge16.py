"""A charger of OCPP 1.6 that charges once, by the library `ocpp` (mobilityhouse), which validates both directions.

Usage: charge16.py URL ID PASSWORD TAG    prints one JSON object: what it was answered, and the energy that it delivered in Wh.
"""

import asyncio
import base64
import json
import sys
from datetime import datetime, timedelta, timezone

import websockets
from ocpp.v16 import ChargePoint, call


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def at(begin, minutes):
    return (begin + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


async def charge(charger, tag):
    begin = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=2)
    register = 52_340
    boot = await charger.call(call.BootNotification(charge_point_model="Outside", charge_point_vendor="Python"))
    await charger.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Preparing"))
    authorized = await charger.call(call.Authorize(id_tag=tag))
    started = await charger.call(
        call.StartTransaction(connector_id=1, id_tag=tag, meter_start=register, timestamp=at(begin, 0))
    )
    for minute in range(5, 60, 5):
        register += 517
        sample = {"value": f"{register / 1000:.3f}", "unit": "kWh", "measurand": "Energy.Active.Import.Register"}
        await charger.call(
            call.MeterValues(
                connector_id=1,
                transaction_id=started.transaction_id,
                meter_value=[{"timestamp": at(begin, minute), "sampledValue": [sample]}],
            )
        )
    register += 300
    await charger.call(
        call.StopTransaction(
            transaction_id=started.transaction_id,
            meter_stop=register,
            timestamp=at(begin, 60),
            reason="EVDisconnected",
            id_tag=tag,
        )
    )
    await charger.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Available"))
    return {
        "boot": boot.status,
        "authorized": authorized.id_tag_info["status"],
        "started": started.id_tag_info["status"],
        "transactionId": str(started.transaction_id),
        "energyWh": register - 52_340,
    }


async def main(url, identity, password, tag):
    async with websockets.connect(
        f"{url}/ocpp/{identity}",
        subprotocols=["ocpp1.6"],
        additional_headers={"Authorization": basic(identity, password)},
    ) as socket:
        charger = ChargePoint(identity, socket)
        listening = asyncio.create_task(charger.start())
        outcome = await charge(charger, tag)
        listening.cancel()
        print(json.dumps({**outcome, "protocol": socket.subprotocol}))


asyncio.run(main(*sys.argv[1:]))
