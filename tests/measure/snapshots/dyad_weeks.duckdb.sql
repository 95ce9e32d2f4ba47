WITH "t13" AS (
  SELECT
    "t8"."event_id",
    "t8"."event_date",
    "t8"."source",
    "t8"."target",
    "t8"."quad_class",
    "t8"."goldstein",
    "t8"."week_index",
    CASE WHEN COALESCE("t9"."units" > 0, FALSE) THEN "t9"."units" ELSE 1 END AS "weight"
  FROM (
    SELECT
      "t1"."event_id",
      "t1"."event_date",
      "t1"."source",
      "t1"."target",
      "t1"."quad_class",
      "t1"."goldstein",
      CAST(FLOOR((
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t1"."event_date") + 3
      ) / (
        7
      )) AS BIGINT) AS "week_index"
    FROM "events" AS "t1"
    WHERE
      "t1"."status" = 'reported'
      AND NOT (
        COALESCE("t1"."review", FALSE)
      )
      AND "t1"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
      AND CAST("t1"."event_date" AS TIMESTAMPTZ) < MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
      AND "t1"."source" <> "t1"."target"
  ) AS "t8"
  LEFT OUTER JOIN (
    SELECT
      "t4"."event_id",
      COUNT(DISTINCT "t4"."story_id") AS "units"
    FROM (
      SELECT
        *
      FROM "mentions" AS "t2"
      WHERE
        "t2"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t4"
    GROUP BY
      1
  ) AS "t9"
    ON "t8"."event_id" = "t9"."event_id"
)
SELECT
  '2026-W22' AS "run",
  "t19"."source",
  "t19"."target",
  CAST(EXTRACT(year FROM "t19"."any_day") + CASE
    WHEN (
      (
        EXTRACT(dayofyear FROM "t19"."any_day") - (
          (
            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
          ) % 7
        )
      ) + 3
    ) < 1
    THEN -1
    ELSE CASE
      WHEN (
        (
          EXTRACT(dayofyear FROM "t19"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
            ) % 7
          )
        ) + 3
      ) > CASE
        WHEN (
          (
            (
              EXTRACT(year FROM "t19"."any_day") % 4
            ) = 0
          )
          AND (
            (
              EXTRACT(year FROM "t19"."any_day") % 100
            ) <> 0
          )
        )
        OR (
          (
            EXTRACT(year FROM "t19"."any_day") % 400
          ) = 0
        )
        THEN 366
        ELSE 365
      END
      THEN 1
      ELSE 0
    END
  END AS TEXT) || CASE
    WHEN (
      CAST(FLOOR(
        (
          CASE
            WHEN (
              (
                EXTRACT(dayofyear FROM "t19"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                  ) % 7
                )
              ) + 3
            ) < 1
            THEN (
              EXTRACT(dayofyear FROM "t19"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                ) % 7
              )
            ) + 3 + CASE
              WHEN (
                (
                  (
                    (
                      EXTRACT(year FROM "t19"."any_day") - 1
                    ) % 4
                  ) = 0
                )
                AND (
                  (
                    (
                      EXTRACT(year FROM "t19"."any_day") - 1
                    ) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  (
                    EXTRACT(year FROM "t19"."any_day") - 1
                  ) % 400
                ) = 0
              )
              THEN 366
              ELSE 365
            END
            ELSE CASE
              WHEN (
                (
                  EXTRACT(dayofyear FROM "t19"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) > CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t19"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t19"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t19"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              THEN (
                (
                  EXTRACT(dayofyear FROM "t19"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) - CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t19"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t19"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t19"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              ELSE (
                EXTRACT(dayofyear FROM "t19"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                  ) % 7
                )
              ) + 3
            END
          END - 1
        ) / (
          7
        )
      ) AS BIGINT) + 1
    ) < 10
    THEN '-W0'
    ELSE '-W'
  END || CAST(CAST(FLOOR(
    (
      CASE
        WHEN (
          (
            EXTRACT(dayofyear FROM "t19"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
              ) % 7
            )
          ) + 3
        ) < 1
        THEN (
          EXTRACT(dayofyear FROM "t19"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
            ) % 7
          )
        ) + 3 + CASE
          WHEN (
            (
              (
                (
                  EXTRACT(year FROM "t19"."any_day") - 1
                ) % 4
              ) = 0
            )
            AND (
              (
                (
                  EXTRACT(year FROM "t19"."any_day") - 1
                ) % 100
              ) <> 0
            )
          )
          OR (
            (
              (
                EXTRACT(year FROM "t19"."any_day") - 1
              ) % 400
            ) = 0
          )
          THEN 366
          ELSE 365
        END
        ELSE CASE
          WHEN (
            (
              EXTRACT(dayofyear FROM "t19"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) > CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t19"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t19"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t19"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          THEN (
            (
              EXTRACT(dayofyear FROM "t19"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) - CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t19"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t19"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t19"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          ELSE (
            EXTRACT(dayofyear FROM "t19"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t19"."any_day") + 700003
              ) % 7
            )
          ) + 3
        END
      END - 1
    ) / (
      7
    )
  ) AS BIGINT) + 1 AS TEXT) AS "week",
  'stories' AS "counting",
  CAST("t19"."n_events" AS INT) AS "n_events",
  CAST("t19"."n_verbal_cooperation" AS INT) AS "n_verbal_cooperation",
  CAST("t19"."n_material_cooperation" AS INT) AS "n_material_cooperation",
  CAST("t19"."n_verbal_conflict" AS INT) AS "n_verbal_conflict",
  CAST("t19"."n_material_conflict" AS INT) AS "n_material_conflict",
  "t19"."goldstein_mean",
  "t19"."material_share",
  CAST(COALESCE("t21"."n_reports", 0) AS INT) AS "n_reports",
  CAST(COALESCE("t21"."n_outlets", 0) AS INT) AS "n_outlets",
  "t19"."n_events" / SUM("t19"."n_events") OVER (
    PARTITION BY "t19"."week_index"
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS "volume_share",
  "t12"."collected" AS "coverage",
  MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC') AS "known_at"
FROM (
  SELECT
    "t14"."source",
    "t14"."target",
    "t14"."week_index",
    MAX("t14"."event_date") AS "any_day",
    SUM("t14"."weight") AS "n_events",
    SUM(
      CASE WHEN "t14"."quad_class" = 'verbal_cooperation' THEN "t14"."weight" ELSE 0 END
    ) AS "n_verbal_cooperation",
    SUM(
      CASE WHEN "t14"."quad_class" = 'material_cooperation' THEN "t14"."weight" ELSE 0 END
    ) AS "n_material_cooperation",
    SUM(CASE WHEN "t14"."quad_class" = 'verbal_conflict' THEN "t14"."weight" ELSE 0 END) AS "n_verbal_conflict",
    SUM(
      CASE WHEN "t14"."quad_class" = 'material_conflict' THEN "t14"."weight" ELSE 0 END
    ) AS "n_material_conflict",
    SUM("t14"."goldstein" * "t14"."weight") / NULLIF(SUM(CASE WHEN "t14"."goldstein" IS NOT NULL THEN "t14"."weight" ELSE 0 END), 0) AS "goldstein_mean",
    SUM(
      CASE
        WHEN "t14"."quad_class" IN ('material_cooperation', 'material_conflict')
        THEN "t14"."weight"
        ELSE 0
      END
    ) / SUM("t14"."weight") AS "material_share"
  FROM "t13" AS "t14"
  GROUP BY
    1,
    2,
    3
) AS "t19"
LEFT OUTER JOIN (
  SELECT
    "t18"."source",
    "t18"."target",
    "t18"."week_index",
    COUNT(DISTINCT "t18"."report_id") AS "n_reports",
    COUNT(DISTINCT "t18"."outlet") AS "n_outlets"
  FROM (
    SELECT
      "t16"."event_id",
      "t16"."source",
      "t16"."target",
      "t16"."week_index",
      "t5"."report_id",
      "t5"."outlet"
    FROM (
      SELECT
        "t14"."event_id",
        "t14"."source",
        "t14"."target",
        "t14"."week_index"
      FROM "t13" AS "t14"
    ) AS "t16"
    INNER JOIN (
      SELECT
        "t2"."event_id",
        "t2"."report_id",
        "t2"."outlet"
      FROM "mentions" AS "t2"
      WHERE
        "t2"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t5"
      ON "t16"."event_id" = "t5"."event_id"
  ) AS "t18"
  GROUP BY
    1,
    2,
    3
) AS "t21"
  ON "t19"."source" = "t21"."source"
  AND "t19"."target" = "t21"."target"
  AND "t19"."week_index" = "t21"."week_index"
LEFT OUTER JOIN (
  SELECT
    "t10"."ledger_week",
    AVG("t10"."share") AS "collected"
  FROM (
    SELECT
      CAST(FLOOR((
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t0"."day") + 3
      ) / (
        7
      )) AS BIGINT) AS "ledger_week",
      CASE
        WHEN GREATEST(
          COALESCE("t0"."expected", 0),
          COALESCE("t0"."received", 0) + COALESCE("t0"."failed", 0)
        ) > 0
        THEN COALESCE("t0"."received", 0) / NULLIF(
          GREATEST(
            COALESCE("t0"."expected", 0),
            COALESCE("t0"."received", 0) + COALESCE("t0"."failed", 0)
          ),
          0
        )
        ELSE 1.0
      END AS "share"
    FROM "coverage" AS "t0"
    WHERE
      "t0"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
  ) AS "t10"
  GROUP BY
    1
) AS "t12"
  ON "t19"."week_index" = "t12"."ledger_week"
