"""What each line of the bill is called on the provider's invoice."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Sku:
    """A line's service and its two categories of FOCUS, its meter, and the kind of resource that it bills.

    ``counted`` is the unit of consumption and how many of it one priced unit has. ``resource`` is empty
    for what no resource carries, and so no tag either.
    """

    service: str
    category: str
    subcategory: str
    meter: str
    counted: tuple[str, float]
    resource: str = ""


EC2 = ("Amazon Elastic Compute Cloud", "Compute", "Virtual Machines")
EKS = ("Amazon Elastic Kubernetes Service", "Compute", "Containers")
EBS = ("Amazon Elastic Block Store", "Storage", "Block Storage")
KINESIS = ("Amazon Kinesis", "Analytics", "Streaming Analytics")
FIREHOSE = ("Amazon Data Firehose", "Analytics", "Streaming Analytics")
SQS = ("Amazon Simple Queue Service", "Integration", "Messaging")
S3 = ("Amazon Simple Storage Service", "Storage", "Object Storage")
DYNAMODB = ("Amazon DynamoDB", "Databases", "NoSQL Databases")
RDS = ("Amazon Relational Database Service", "Databases", "Relational Databases")
ELB = ("Elastic Load Balancing", "Networking", "Application Networking")
WAF = ("AWS WAF", "Security", "Network Security")
VPC = ("Amazon Virtual Private Cloud", "Networking", "Network Infrastructure")
TRANSFER = ("AWS Data Transfer", "Networking", "Network Connectivity")
CLOUDWATCH = ("Amazon CloudWatch", "Management and Governance", "Observability")
KMS = ("AWS Key Management Service", "Security", "Data Security")
SECRETS = ("AWS Secrets Manager", "Security", "Secret Management")
TOOLING = ("AWS Security Hub", "Security", "Security Posture Management")
MISCELLANY = ("AWS, other services", "Other", "Other")
SUPPORT = ("AWS Support", "Management and Governance", "Support")
SAVINGS_PLANS = ("AWS Savings Plans", "Compute", "Virtual Machines")
WAREHOUSE = ("Snowflake", "Databases", "Data Warehouses")
MODEL = ("Hosted language model", "AI and Machine Learning", "Generative AI")

HOURS, GIGABYTES, STORED, DOLLARS = ("Hours", 1.0), ("GB", 1.0), ("GB-Months", 1.0), ("USD", 1.0)
REQUESTS = ("Requests", 1e6)

# The key is the line's item in `playbook.cost`.
SKUS: Mapping[str, Sku] = MappingProxyType(
    {
        "clusters": Sku(*EKS, "AmazonEKS-Hours:perCluster", HOURS, "cluster"),
        "nodes, general": Sku(*EC2, "BoxUsage:m7g.xlarge", HOURS, "nodes-general"),
        "nodes, workers at their minimum": Sku(*EC2, "BoxUsage:c7g.xlarge", HOURS, "nodes-workers"),
        "nodes, workers for volume": Sku(*EC2, "BoxUsage:c7g.xlarge", HOURS, "nodes-burst"),
        "nodes, metrics": Sku(*EC2, "BoxUsage:r7g.xlarge", HOURS, "nodes-metrics"),
        "volumes": Sku(*EBS, "EBS:VolumeUsage.gp3", STORED, "volumes"),
        "volumes, workers for volume": Sku(*EBS, "EBS:VolumeUsage.gp3", STORED, "volumes-burst"),
        "shards": Sku(*KINESIS, "Storage-ShardHour", HOURS, "stream"),
        "enhanced fan-out, shards": Sku(*KINESIS, "EnhancedFanout-ShardHour", HOURS, "stream"),
        "retention beyond a day": Sku(*KINESIS, "Extended-ShardHour", HOURS, "stream"),
        "records in": Sku(*KINESIS, "PutRequestPayloadUnits", ("Units", 1e6), "stream"),
        "enhanced fan-out, data": Sku(*KINESIS, "EnhancedFanout-Bytes", GIGABYTES, "stream"),
        "archive delivery": Sku(*FIREHOSE, "BilledBytes", GIGABYTES, "archive-delivery"),
        "destination queues": Sku(*SQS, "Requests-Tier1", REQUESTS, "destinations"),
        "archive, standard": Sku(*S3, "TimedStorage-ByteHrs", STORED, "archive"),
        "archive, infrequent": Sku(*S3, "TimedStorage-SIA-ByteHrs", STORED, "archive"),
        "archive, instant": Sku(*S3, "TimedStorage-GIR-ByteHrs", STORED, "archive"),
        "archive, replicated": Sku(*S3, "TimedStorage-GIR-ByteHrs", STORED, "archive-copy"),
        "idempotency keys": Sku(*DYNAMODB, "WriteRequestUnits", ("Units", 1e6), "idempotency"),
        "database": Sku(*RDS, "Multi-AZUsage:db.r7g.large", HOURS, "database"),
        "database storage": Sku(*RDS, "RDS:Multi-AZ-GP3-Storage", STORED, "database"),
        "database backup": Sku(*RDS, "RDS:ChargedBackupUsage", STORED, "database"),
        "load balancers": Sku(*ELB, "LoadBalancerUsage", HOURS, "ingest"),
        "load balancer capacity": Sku(*ELB, "LCUUsage", ("LCU-Hours", 1.0), "ingest"),
        "firewall": Sku(*WAF, "WebACLV2", ("Months", 1.0), "ingest"),
        "firewall rules": Sku(*WAF, "RuleV2", ("Months", 1.0), "ingest"),
        "firewall requests": Sku(*WAF, "RequestV2-Tier1", REQUESTS, "ingest"),
        "NAT gateways": Sku(*VPC, "NatGateway-Hours", HOURS, "nat"),
        "NAT data": Sku(*VPC, "NatGateway-Bytes", GIGABYTES, "nat"),
        "endpoints": Sku(*VPC, "VpcEndpoint-Hours", HOURS, "endpoints"),
        "endpoint data": Sku(*VPC, "VpcEndpoint-Bytes", GIGABYTES, "endpoints"),
        "internet": Sku(*TRANSFER, "DataTransfer-Out-Bytes", GIGABYTES),
        "between zones": Sku(*TRANSFER, "DataTransfer-Regional-Bytes", GIGABYTES),
        "metrics": Sku(*CLOUDWATCH, "CW:MetricMonitorUsage", ("Metrics", 1.0)),
        "logs whatever the volume": Sku(*CLOUDWATCH, "VendedLog-Bytes", GIGABYTES, "logs-platform"),
        "log storage whatever the volume": Sku(*CLOUDWATCH, "TimedStorage-ByteHrs", STORED, "logs-platform"),
        "logs by volume": Sku(*CLOUDWATCH, "DataProcessing-Bytes", GIGABYTES, "logs-events"),
        "log storage by volume": Sku(*CLOUDWATCH, "TimedStorage-ByteHrs", STORED, "logs-events"),
        "keys": Sku(*KMS, "KMS-Keys", ("Keys", 1.0), "keys"),
        "secrets": Sku(*SECRETS, "AWSSecretsManager-Secrets", ("Secrets", 1.0), "secrets"),
        "tooling, an allowance": Sku(*TOOLING, "Security-Tooling", DOLLARS),
        "miscellaneous, an allowance": Sku(*MISCELLANY, "Miscellaneous", DOLLARS),
        "savings plan": Sku(*SAVINGS_PLANS, "ComputeSP:1yrNoUpfront", HOURS),
        "support plan": Sku(*SUPPORT, "Dollar", DOLLARS),
        "our own warehouse": Sku(*WAREHOUSE, "Compute-Credits", ("Credits", 1.0), "warehouse"),
        "our own warehouse, storage": Sku(*WAREHOUSE, "Storage-Bytes", ("TB-Months", 1.0), "warehouse"),
        "LLM calls, capped": Sku(*MODEL, "Tokens-Small-EU", DOLLARS, "enrichment"),
    }
)
