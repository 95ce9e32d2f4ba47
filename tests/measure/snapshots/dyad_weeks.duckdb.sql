WITH "t9" AS (
  SELECT
    "t7"."event_id",
    "t7"."event_date",
    "t7"."source",
    "t7"."target",
    "t7"."quad_class",
    "t7"."goldstein",
    "t7"."week_index",
    CASE WHEN COALESCE("t8"."units" > 0, FALSE) THEN "t8"."units" ELSE 1 END AS "weight"
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
      AND CAST("t0"."event_date" AS TIMESTAMPTZ) < MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
      AND "t0"."source" <> "t0"."target"
  ) AS "t7"
  LEFT OUTER JOIN (
    SELECT
      "t3"."event_id",
      COUNT(DISTINCT "t3"."story_id") AS "units"
    FROM (
      SELECT
        *
      FROM "mentions" AS "t1"
      WHERE
        "t1"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t3"
    GROUP BY
      1
  ) AS "t8"
    ON "t7"."event_id" = "t8"."event_id"
)
SELECT
  '2026-W22' AS "run",
  "t15"."source",
  "t15"."target",
  CAST(EXTRACT(year FROM "t15"."any_day") + CASE
    WHEN (
      (
        EXTRACT(dayofyear FROM "t15"."any_day") - (
          (
            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
          ) % 7
        )
      ) + 3
    ) < 1
    THEN -1
    ELSE CASE
      WHEN (
        (
          EXTRACT(dayofyear FROM "t15"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
            ) % 7
          )
        ) + 3
      ) > CASE
        WHEN (
          (
            (
              EXTRACT(year FROM "t15"."any_day") % 4
            ) = 0
          )
          AND (
            (
              EXTRACT(year FROM "t15"."any_day") % 100
            ) <> 0
          )
        )
        OR (
          (
            EXTRACT(year FROM "t15"."any_day") % 400
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
                EXTRACT(dayofyear FROM "t15"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                  ) % 7
                )
              ) + 3
            ) < 1
            THEN (
              EXTRACT(dayofyear FROM "t15"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                ) % 7
              )
            ) + 3 + CASE
              WHEN (
                (
                  (
                    (
                      EXTRACT(year FROM "t15"."any_day") - 1
                    ) % 4
                  ) = 0
                )
                AND (
                  (
                    (
                      EXTRACT(year FROM "t15"."any_day") - 1
                    ) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  (
                    EXTRACT(year FROM "t15"."any_day") - 1
                  ) % 400
                ) = 0
              )
              THEN 366
              ELSE 365
            END
            ELSE CASE
              WHEN (
                (
                  EXTRACT(dayofyear FROM "t15"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) > CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t15"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t15"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t15"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              THEN (
                (
                  EXTRACT(dayofyear FROM "t15"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) - CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t15"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t15"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t15"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              ELSE (
                EXTRACT(dayofyear FROM "t15"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
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
            EXTRACT(dayofyear FROM "t15"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
              ) % 7
            )
          ) + 3
        ) < 1
        THEN (
          EXTRACT(dayofyear FROM "t15"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
            ) % 7
          )
        ) + 3 + CASE
          WHEN (
            (
              (
                (
                  EXTRACT(year FROM "t15"."any_day") - 1
                ) % 4
              ) = 0
            )
            AND (
              (
                (
                  EXTRACT(year FROM "t15"."any_day") - 1
                ) % 100
              ) <> 0
            )
          )
          OR (
            (
              (
                EXTRACT(year FROM "t15"."any_day") - 1
              ) % 400
            ) = 0
          )
          THEN 366
          ELSE 365
        END
        ELSE CASE
          WHEN (
            (
              EXTRACT(dayofyear FROM "t15"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) > CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t15"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t15"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t15"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          THEN (
            (
              EXTRACT(dayofyear FROM "t15"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) - CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t15"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t15"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t15"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          ELSE (
            EXTRACT(dayofyear FROM "t15"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t15"."any_day") + 700003
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
  CAST("t15"."n_events" AS INT) AS "n_events",
  CAST("t15"."n_verbal_cooperation" AS INT) AS "n_verbal_cooperation",
  CAST("t15"."n_material_cooperation" AS INT) AS "n_material_cooperation",
  CAST("t15"."n_verbal_conflict" AS INT) AS "n_verbal_conflict",
  CAST("t15"."n_material_conflict" AS INT) AS "n_material_conflict",
  "t15"."goldstein_mean",
  "t15"."material_share",
  CAST(COALESCE("t17"."n_reports", 0) AS INT) AS "n_reports",
  CAST(COALESCE("t17"."n_outlets", 0) AS INT) AS "n_outlets",
  MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC') AS "known_at"
FROM (
  SELECT
    "t10"."source",
    "t10"."target",
    "t10"."week_index",
    MAX("t10"."event_date") AS "any_day",
    SUM("t10"."weight") AS "n_events",
    SUM(
      CASE WHEN "t10"."quad_class" = 'verbal_cooperation' THEN "t10"."weight" ELSE 0 END
    ) AS "n_verbal_cooperation",
    SUM(
      CASE WHEN "t10"."quad_class" = 'material_cooperation' THEN "t10"."weight" ELSE 0 END
    ) AS "n_material_cooperation",
    SUM(CASE WHEN "t10"."quad_class" = 'verbal_conflict' THEN "t10"."weight" ELSE 0 END) AS "n_verbal_conflict",
    SUM(
      CASE WHEN "t10"."quad_class" = 'material_conflict' THEN "t10"."weight" ELSE 0 END
    ) AS "n_material_conflict",
    SUM("t10"."goldstein" * "t10"."weight") / NULLIF(SUM(CASE WHEN "t10"."goldstein" IS NOT NULL THEN "t10"."weight" ELSE 0 END), 0) AS "goldstein_mean",
    SUM(
      CASE
        WHEN "t10"."quad_class" IN ('material_cooperation', 'material_conflict')
        THEN "t10"."weight"
        ELSE 0
      END
    ) / SUM("t10"."weight") AS "material_share"
  FROM "t9" AS "t10"
  GROUP BY
    1,
    2,
    3
) AS "t15"
LEFT OUTER JOIN (
  SELECT
    "t14"."source",
    "t14"."target",
    "t14"."week_index",
    COUNT(DISTINCT "t14"."report_id") AS "n_reports",
    COUNT(DISTINCT "t14"."outlet") AS "n_outlets"
  FROM (
    SELECT
      "t12"."event_id",
      "t12"."source",
      "t12"."target",
      "t12"."week_index",
      "t4"."report_id",
      "t4"."outlet"
    FROM (
      SELECT
        "t10"."event_id",
        "t10"."source",
        "t10"."target",
        "t10"."week_index"
      FROM "t9" AS "t10"
    ) AS "t12"
    INNER JOIN (
      SELECT
        "t1"."event_id",
        "t1"."report_id",
        "t1"."outlet"
      FROM "mentions" AS "t1"
      WHERE
        "t1"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
    ) AS "t4"
      ON "t12"."event_id" = "t4"."event_id"
  ) AS "t14"
  GROUP BY
    1,
    2,
    3
) AS "t17"
  ON "t15"."source" = "t17"."source"
  AND "t15"."target" = "t17"."target"
  AND "t15"."week_index" = "t17"."week_index"
