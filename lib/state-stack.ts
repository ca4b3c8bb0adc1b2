import { RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

const { STRING, NUMBER } = AttributeType;

const index = (indexName: string, partition: string, sort: string, sortType = STRING): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: { name: partition, type: STRING },
  sortKey: { name: sort, type: sortType },
  projectionType: ProjectionType.INCLUDE,
  nonKeyAttributes: ["kind", "state"],
});

const indexes = [
  index("byPerson", "person", "sort"),
  index("byParty", "party", "sort"),
  index("due", "due", "dueAt", NUMBER),
];

const kept = {
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** What outlives a deployment: the three tables of docs/architecture.md and the KMS key all data keys are under. */
export class StateStack extends Stack {
  readonly records: TableV2;
  readonly guards: TableV2;
  readonly keys: TableV2;
  readonly key: Key;
  /** Of records; a table that was restored has a new one, which CloudFormation does not know (docs/deploy.md). */
  readonly recordsStreamArn: string;
  readonly indexNames = indexes.map(({ indexName }) => indexName);

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.records = new TableV2(this, "Records", {
      ...kept,
      partitionKey: { name: "pk", type: STRING },
      sortKey: { name: "sk", type: STRING },
      globalSecondaryIndexes: indexes,
      timeToLiveAttribute: "deleteAt",
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.recordsStreamArn = this.node.tryGetContext("recordsStream") ?? this.records.tableStreamArn;
    this.guards = new TableV2(this, "Guards", {
      partitionKey: { name: "pk", type: STRING },
      timeToLiveAttribute: "deleteAt",
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.keys = new TableV2(this, "Keys", { ...kept, partitionKey: { name: "pk", type: STRING } });
    this.key = new Key(this, "DataKeys", {
      description: "Data keys of the exchange: token key pairs and sealing keys",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
