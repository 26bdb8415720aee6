"""A charger of OCPP 2.0.1 or 2.1 that charges once, by the library `ocpp` (mobilityhouse), which validates both directions.

Usage: charge2.py VERSION URL ID PASSWORD TAG    prints one JSON object: what it was answered, and the energy that it delivered in Wh.
"""

import asyncio
import base64
import importlib
import json
import sys
from datetime import datetime, timedelta, timezone

import websockets

MODULES = {"ocpp2.0.1": "ocpp.v201", "ocpp2.1": "ocpp.v21"}


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def at(begin, minutes):
    return (begin + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def value(timestamp, register, context):
    """The register in Wh, written in tens of Wh with its multiplier: 5234 with the multiplier 1 is 52,340 Wh."""
    sample = {
        "value": register / 10,
        "context": context,
        "measurand": "Energy.Active.Import.Register",
        "unitOfMeasure": {"unit": "Wh", "multiplier": 1},
    }
    return [{"timestamp": timestamp, "sampledValue": [sample]}]


async def charge(charger, call, tag):
    begin = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=2)
    register = 52_340
    sequence = 0
    token = {"idToken": tag, "type": "ISO14443"}

    async def tell(event_type, minutes, trigger, info=None, **more):
        nonlocal sequence
        answer = await charger.call(
            call.TransactionEvent(
                event_type=event_type,
                timestamp=at(begin, minutes),
                trigger_reason=trigger,
                seq_no=sequence,
                transaction_info={"transactionId": "outside-1", **(info or {})},
                **more,
            )
        )
        sequence += 1
        return answer

    boot = await charger.call(
        call.BootNotification(charging_station={"model": "Outside", "vendorName": "Python"}, reason="PowerUp")
    )
    await charger.call(
        call.StatusNotification(timestamp=at(begin, 0), connector_status="Occupied", evse_id=1, connector_id=1)
    )
    authorized = await charger.call(call.Authorize(id_token=token))
    started = await tell(
        "Started",
        0,
        "Authorized",
        evse={"id": 1, "connectorId": 1},
        id_token=token,
        meter_value=value(at(begin, 0), register, "Transaction.Begin"),
    )
    for minute in range(5, 60, 5):
        register += 510
        await tell("Updated", minute, "MeterValuePeriodic", meter_value=value(at(begin, minute), register, "Sample.Periodic"))
    register += 300
    await tell(
        "Ended",
        60,
        "EVCommunicationLost",
        {"stoppedReason": "EVDisconnected"},
        meter_value=value(at(begin, 60), register, "Transaction.End"),
    )
    await charger.call(
        call.StatusNotification(timestamp=at(begin, 61), connector_status="Available", evse_id=1, connector_id=1)
    )
    return {
        "boot": boot.status,
        "authorized": authorized.id_token_info["status"],
        "started": started.id_token_info["status"],
        "transactionId": "outside-1",
        "energyWh": register - 52_340,
    }


async def main(version, url, identity, password, tag):
    library = importlib.import_module(MODULES[version])
    async with websockets.connect(
        f"{url}/ocpp/{identity}",
        subprotocols=[version],
        additional_headers={"Authorization": basic(identity, password)},
    ) as socket:
        charger = library.ChargePoint(identity, socket)
        listening = asyncio.create_task(charger.start())
        outcome = await charge(charger, library.call, tag)
        listening.cancel()
        print(json.dumps({**outcome, "protocol": socket.subprotocol}))


asyncio.run(main(*sys.argv[1:]))
