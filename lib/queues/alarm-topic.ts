import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { keepExported } from '../settings/keep-exported.ts';
import { nameIn, type Stage } from '../settings/stage.ts';
import { acknowledge } from '../validation/acknowledge.ts';

/** Where every alarm of a stage is announced: by e-mail where the settings have an address, and to whoever subscribes. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', {
      topicName: nameIn(stage, 'alarms'),
      displayName: `Joulegate ${stage.name}`,
      enforceSSL: true,
    });
    // A topic with a policy of its own loses the default one, which lets the alarms of the account publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const { alarmEmail } = stage.settings;
    if (alarmEmail !== undefined) {
      const email = new CfnSubscription(this, 'Email', {
        topicArn: topic.topicArn,
        protocol: 'email',
        endpoint: alarmEmail,
      });
      acknowledge(email, {
        'Serverless-SNSRedrivePolicy':
          'SNS repeats mail for hours by itself, and an alarm stays raised in CloudWatch until its cause has ended.',
      });
    }
    this.topic = topic;
    keepExported(this, [topic.topicArn]);
  }
}
