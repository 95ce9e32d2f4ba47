WITH "t12" AS (
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
      "t0"."event_id",
      "t0"."event_date",
      "t0"."source",
      "t0"."target",
      "t0"."quad_class",
      "t0"."goldstein",
      CAST(FLOOR((
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t0"."event_date") + 3
      ) / (
        7
      )) AS BIGINT) AS "week_index"
    FROM "events" AS "t0"
    WHERE
      "t0"."status" = 'reported'
      AND NOT (
        COALESCE("t0"."review", FALSE)
      )
      AND "t0"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
      AND "t0"."event_date" <= MAKE_DATE(2026, 5, 31)
      AND "t0"."source" <> "t0"."target"
  ) AS "t8"
  LEFT OUTER JOIN (
    SELECT
      "t4"."event_id",
      COUNT(DISTINCT "t4"."story_id") AS "units"
    FROM (
      SELECT
        *
      FROM "mentions" AS "t1"
      WHERE
        "t1"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t4"
    GROUP BY
      1
  ) AS "t9"
    ON "t8"."event_id" = "t9"."event_id"
), "t18" AS (
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
    SUM(CAST(ROUND("t14"."goldstein" * 1000, 0) AS BIGINT) * "t14"."weight") / NULLIF(
      SUM(CASE WHEN "t14"."goldstein" IS NOT NULL THEN "t14"."weight" ELSE 0 END) * 1000,
      0
    ) AS "goldstein_mean",
    SUM(
      CASE
        WHEN "t14"."quad_class" IN ('material_cooperation', 'material_conflict')
        THEN "t14"."weight"
        ELSE 0
      END
    ) / SUM("t14"."weight") AS "material_share"
  FROM "t12" AS "t14"
  GROUP BY
    1,
    2,
    3
)
SELECT
  '2026-W22' AS "run",
  "t21"."source",
  "t21"."target",
  "t28"."week",
  'stories' AS "counting",
  CAST("t21"."n_events" AS INT) AS "n_events",
  CAST("t21"."n_verbal_cooperation" AS INT) AS "n_verbal_cooperation",
  CAST("t21"."n_material_cooperation" AS INT) AS "n_material_cooperation",
  CAST("t21"."n_verbal_conflict" AS INT) AS "n_verbal_conflict",
  CAST("t21"."n_material_conflict" AS INT) AS "n_material_conflict",
  "t21"."goldstein_mean",
  "t21"."material_share",
  CAST(COALESCE("t22"."n_reports", 0) AS INT) AS "n_reports",
  CAST(COALESCE("t22"."n_outlets", 0) AS INT) AS "n_outlets",
  "t21"."n_events" / "t28"."total" AS "volume_share",
  "t28"."collected" AS "coverage",
  MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC') AS "known_at"
FROM "t18" AS "t21"
LEFT OUTER JOIN (
  SELECT
    "t17"."source",
    "t17"."target",
    "t17"."week_index",
    COUNT(DISTINCT "t17"."report_id") AS "n_reports",
    COUNT(DISTINCT "t17"."outlet") AS "n_outlets"
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
      FROM "t12" AS "t14"
    ) AS "t16"
    INNER JOIN (
      SELECT
        "t1"."event_id",
        "t1"."report_id",
        "t1"."outlet"
      FROM "mentions" AS "t1"
      WHERE
        "t1"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t5"
      ON "t16"."event_id" = "t5"."event_id"
  ) AS "t17"
  GROUP BY
    1,
    2,
    3
) AS "t22"
  ON "t21"."source" = "t22"."source"
  AND "t21"."target" = "t22"."target"
  AND "t21"."week_index" = "t22"."week_index"
INNER JOIN (
  SELECT
    "t26"."week_index",
    "t26"."day",
    "t26"."total",
    "t26"."week",
    "t13"."ledger_week",
    "t13"."collected"
  FROM (
    SELECT
      "t24".*
      EXCLUDE ("collected")
    FROM (
      SELECT
        "t23"."week_index",
        "t23"."day",
        "t23"."total",
        CAST(EXTRACT(year FROM "t23"."day") + CASE
          WHEN (
            (
              EXTRACT(dayofyear FROM "t23"."day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                ) % 7
              )
            ) + 3
          ) < 1
          THEN -1
          ELSE CASE
            WHEN (
              (
                EXTRACT(dayofyear FROM "t23"."day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                  ) % 7
                )
              ) + 3
            ) > CASE
              WHEN (
                (
                  (
                    EXTRACT(year FROM "t23"."day") % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM "t23"."day") % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM "t23"."day") % 400
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
                      EXTRACT(dayofyear FROM "t23"."day") - (
                        (
                          DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                        ) % 7
                      )
                    ) + 3
                  ) < 1
                  THEN (
                    EXTRACT(dayofyear FROM "t23"."day") - (
                      (
                        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                      ) % 7
                    )
                  ) + 3 + CASE
                    WHEN (
                      (
                        (
                          (
                            EXTRACT(year FROM "t23"."day") - 1
                          ) % 4
                        ) = 0
                      )
                      AND (
                        (
                          (
                            EXTRACT(year FROM "t23"."day") - 1
                          ) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        (
                          EXTRACT(year FROM "t23"."day") - 1
                        ) % 400
                      ) = 0
                    )
                    THEN 366
                    ELSE 365
                  END
                  ELSE CASE
                    WHEN (
                      (
                        EXTRACT(dayofyear FROM "t23"."day") - (
                          (
                            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                          ) % 7
                        )
                      ) + 3
                    ) > CASE
                      WHEN (
                        (
                          (
                            EXTRACT(year FROM "t23"."day") % 4
                          ) = 0
                        )
                        AND (
                          (
                            EXTRACT(year FROM "t23"."day") % 100
                          ) <> 0
                        )
                      )
                      OR (
                        (
                          EXTRACT(year FROM "t23"."day") % 400
                        ) = 0
                      )
                      THEN 366
                      ELSE 365
                    END
                    THEN (
                      (
                        EXTRACT(dayofyear FROM "t23"."day") - (
                          (
                            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                          ) % 7
                        )
                      ) + 3
                    ) - CASE
                      WHEN (
                        (
                          (
                            EXTRACT(year FROM "t23"."day") % 4
                          ) = 0
                        )
                        AND (
                          (
                            EXTRACT(year FROM "t23"."day") % 100
                          ) <> 0
                        )
                      )
                      OR (
                        (
                          EXTRACT(year FROM "t23"."day") % 400
                        ) = 0
                      )
                      THEN 366
                      ELSE 365
                    END
                    ELSE (
                      EXTRACT(dayofyear FROM "t23"."day") - (
                        (
                          DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
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
                  EXTRACT(dayofyear FROM "t23"."day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                    ) % 7
                  )
                ) + 3
              ) < 1
              THEN (
                EXTRACT(dayofyear FROM "t23"."day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                  ) % 7
                )
              ) + 3 + CASE
                WHEN (
                  (
                    (
                      (
                        EXTRACT(year FROM "t23"."day") - 1
                      ) % 4
                    ) = 0
                  )
                  AND (
                    (
                      (
                        EXTRACT(year FROM "t23"."day") - 1
                      ) % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    (
                      EXTRACT(year FROM "t23"."day") - 1
                    ) % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              ELSE CASE
                WHEN (
                  (
                    EXTRACT(dayofyear FROM "t23"."day") - (
                      (
                        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                      ) % 7
                    )
                  ) + 3
                ) > CASE
                  WHEN (
                    (
                      (
                        EXTRACT(year FROM "t23"."day") % 4
                      ) = 0
                    )
                    AND (
                      (
                        EXTRACT(year FROM "t23"."day") % 100
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      EXTRACT(year FROM "t23"."day") % 400
                    ) = 0
                  )
                  THEN 366
                  ELSE 365
                END
                THEN (
                  (
                    EXTRACT(dayofyear FROM "t23"."day") - (
                      (
                        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                      ) % 7
                    )
                  ) + 3
                ) - CASE
                  WHEN (
                    (
                      (
                        EXTRACT(year FROM "t23"."day") % 4
                      ) = 0
                    )
                    AND (
                      (
                        EXTRACT(year FROM "t23"."day") % 100
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      EXTRACT(year FROM "t23"."day") % 400
                    ) = 0
                  )
                  THEN 366
                  ELSE 365
                END
                ELSE (
                  EXTRACT(dayofyear FROM "t23"."day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t23"."day") + 700003
                    ) % 7
                  )
                ) + 3
              END
            END - 1
          ) / (
            7
          )
        ) AS BIGINT) + 1 AS TEXT) AS "week",
        CAST(NULL AS DOUBLE) AS "collected"
      FROM (
        SELECT
          "t19"."week_index",
          MAX("t19"."any_day") AS "day",
          SUM("t19"."n_events") AS "total"
        FROM "t18" AS "t19"
        GROUP BY
          1
      ) AS "t23"
    ) AS "t24"
  ) AS "t26"
  LEFT OUTER JOIN (
    SELECT
      "t10"."ledger_week",
      AVG("t10"."share") AS "collected"
    FROM (
      SELECT
        CAST(FLOOR((
          DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."day") + 3
        ) / (
          7
        )) AS BIGINT) AS "ledger_week",
        CASE
          WHEN GREATEST(
            COALESCE("t2"."expected", 0),
            COALESCE("t2"."received", 0) + COALESCE("t2"."failed", 0)
          ) > 0
          THEN COALESCE("t2"."received", 0) / NULLIF(
            GREATEST(
              COALESCE("t2"."expected", 0),
              COALESCE("t2"."received", 0) + COALESCE("t2"."failed", 0)
            ),
            0
          )
          ELSE 1.0
        END AS "share"
      FROM "coverage" AS "t2"
      WHERE
        "t2"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t10"
    GROUP BY
      1
  ) AS "t13"
    ON "t26"."week_index" = "t13"."ledger_week"
) AS "t28"
  ON "t21"."week_index" = "t28"."week_index"
