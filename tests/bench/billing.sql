-- The eight questions as somebody writes them who knows DuckDB: what Ibis is measured against.
-- Each ends with a semicolon; the comment before it is its name. `charges` and `usage` are views.

-- by_service
SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, ServiceName AS service,
       sum(BilledCost) AS billed, sum(EffectiveCost) AS effective
FROM charges GROUP BY ALL ORDER BY ALL;

-- by_tenant
WITH texts AS (
  SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, Tags, sum(EffectiveCost) AS effective
  FROM charges GROUP BY ALL
), tenants AS (
  SELECT month, nullif(json_extract_string(Tags, '$.tenant'), '') AS tenant, sum(effective) AS effective
  FROM texts GROUP BY ALL
), pools AS (
  SELECT month, coalesce(sum(effective) FILTER (tenant IS NULL), 0) AS pool,
         coalesce(sum(greatest(effective, 0)) FILTER (tenant IS NOT NULL), 0) AS weights
  FROM tenants GROUP BY month
)
SELECT month, tenant, effective AS direct,
       CASE WHEN weights > 0 THEN pool * greatest(effective, 0) / weights ELSE 0 END AS shared, direct + shared AS total
FROM tenants JOIN pools USING (month) WHERE tenant IS NOT NULL
UNION ALL
SELECT month, NULL, 0, pool, pool FROM pools WHERE weights = 0
ORDER BY ALL;

-- untagged
WITH texts AS (
  SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, Tags, sum(EffectiveCost) AS effective, count(*) AS charges
  FROM charges WHERE ChargeCategory = 'Usage' AND ChargeClass IS DISTINCT FROM 'Correction' GROUP BY ALL
)
SELECT month, sum(effective) AS effective, coalesce(sum(effective) FILTER (bare), 0) AS untagged,
       coalesce(sum(effective) FILTER (bare), 0) / sum(effective) AS untagged_fraction, sum(charges) AS charges, coalesce(sum(charges) FILTER (bare), 0) AS untagged_charges
FROM (SELECT *, Tags IS NULL OR replace(Tags, ' ', '') IN ('', '{}') AS bare FROM texts) GROUP BY month ORDER BY month;

-- commitments
WITH costs AS (
  SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, ServiceName, CommitmentDiscountId AS commitment,
         coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS used,
         coalesce(sum(EffectiveCost) FILTER (CommitmentDiscountStatus = 'Unused'), 0) AS unused,
         coalesce(sum(ListCost) FILTER (CommitmentDiscountStatus = 'Used'), 0) AS covered,
         coalesce(sum(ListCost) FILTER (CommitmentDiscountStatus IS DISTINCT FROM 'Unused'), 0) AS listed
  FROM charges WHERE ChargeCategory = 'Usage' GROUP BY ALL
), eligible AS (SELECT month, ServiceName, sum(listed) AS eligible FROM costs GROUP BY ALL)
SELECT month, commitment, sum(used) AS used, sum(unused) AS unused, sum(used) / nullif(sum(used) + sum(unused), 0) AS utilisation,
       sum(covered) AS covered, sum(covered) / nullif(sum(eligible) FILTER (covered > 0), 0) AS coverage
FROM costs JOIN eligible USING (month, ServiceName) WHERE commitment IS NOT NULL GROUP BY month, commitment ORDER BY ALL;

-- movers
WITH costs AS (
  SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, ServiceName AS service, sum(EffectiveCost) AS effective
  FROM charges GROUP BY ALL
), months AS (SELECT month, lag(month) OVER (ORDER BY month) AS before FROM (SELECT DISTINCT month FROM costs)),
grid AS (
  SELECT month, service, coalesce(here.effective, 0) AS effective, coalesce(there.effective, 0) AS previous
  FROM months CROSS JOIN (SELECT DISTINCT service FROM costs)
  LEFT JOIN costs AS here USING (month, service)
  LEFT JOIN costs AS there ON there.month = before AND there.service = service
  WHERE before IS NOT NULL AND (here.service IS NOT NULL OR there.service IS NOT NULL)
)
SELECT month, service, effective, previous, effective - previous AS change,
       row_number() OVER (PARTITION BY month ORDER BY round(abs(effective - previous) * 100) DESC, service) AS rank
FROM grid QUALIFY rank <= 10 ORDER BY month, rank;

-- savings
SELECT date_trunc('month', BillingPeriodStart)::DATE AS month,
       sum(CASE WHEN CommitmentDiscountStatus = 'Unused' THEN 0 ELSE ListCost END) AS list,
       sum(EffectiveCost) AS effective, list - effective AS saved, saved / nullif(list, 0) AS saved_fraction
FROM charges WHERE ChargeCategory = 'Usage' AND ListCost IS NOT NULL GROUP BY month ORDER BY month;

-- anomalies
WITH days AS (
  SELECT ServiceName AS service, ChargePeriodStart::DATE AS day, sum(EffectiveCost) AS effective
  FROM charges
  WHERE ChargeCategory = 'Usage' AND ChargeClass IS DISTINCT FROM 'Correction'
    AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 1 DAY
  GROUP BY ALL
), exported AS (SELECT DISTINCT day FROM days),
grid AS (
  SELECT service, day, coalesce(effective, 0) AS effective
  FROM (SELECT DISTINCT service FROM days) CROSS JOIN exported LEFT JOIN days USING (service, day)
), scored AS (
  SELECT one.service, one.day, any_value(one.effective) AS effective, median(past.effective) AS expected,
         mad(past.effective) AS deviation, count(*) AS weeks
  FROM grid AS one JOIN grid AS past
    ON past.service = one.service AND (one.day - past.day) IN (7, 14, 21, 28)
  GROUP BY one.service, one.day
)
SELECT day, service, effective, expected, greatest(1.4826 * deviation, 0.05 * abs(expected), 5.0 / 6) AS spread,
       (effective - expected) / spread AS z
FROM scored WHERE weeks = 4 AND abs(z) > 6 ORDER BY day, service;

-- unit_cost
WITH costs AS (
  SELECT date_trunc('month', BillingPeriodStart)::DATE AS month, sum(EffectiveCost) AS effective FROM charges GROUP BY ALL
), units AS (SELECT date_trunc('month', usage_date)::DATE AS month, sum(events)::DOUBLE AS units FROM usage GROUP BY ALL)
SELECT month, effective, units, effective / nullif(units, 0) * 1e6 AS unit_cost
FROM costs FULL JOIN units USING (month) ORDER BY month;
