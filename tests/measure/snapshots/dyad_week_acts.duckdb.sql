SELECT
  '2026-W22' AS "run",
  "t2"."source",
  "t2"."target",
  CAST(EXTRACT(year FROM "t2"."any_day") + CASE
    WHEN (
      (
        EXTRACT(dayofyear FROM "t2"."any_day") - (
          (
            DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
          ) % 7
        )
      ) + 3
    ) < 1
    THEN -1
    ELSE CASE
      WHEN (
        (
          EXTRACT(dayofyear FROM "t2"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
            ) % 7
          )
        ) + 3
      ) > CASE
        WHEN (
          (
            (
              EXTRACT(year FROM "t2"."any_day") % 4
            ) = 0
          )
          AND (
            (
              EXTRACT(year FROM "t2"."any_day") % 100
            ) <> 0
          )
        )
        OR (
          (
            EXTRACT(year FROM "t2"."any_day") % 400
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
                EXTRACT(dayofyear FROM "t2"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                  ) % 7
                )
              ) + 3
            ) < 1
            THEN (
              EXTRACT(dayofyear FROM "t2"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                ) % 7
              )
            ) + 3 + CASE
              WHEN (
                (
                  (
                    (
                      EXTRACT(year FROM "t2"."any_day") - 1
                    ) % 4
                  ) = 0
                )
                AND (
                  (
                    (
                      EXTRACT(year FROM "t2"."any_day") - 1
                    ) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  (
                    EXTRACT(year FROM "t2"."any_day") - 1
                  ) % 400
                ) = 0
              )
              THEN 366
              ELSE 365
            END
            ELSE CASE
              WHEN (
                (
                  EXTRACT(dayofyear FROM "t2"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) > CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t2"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t2"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t2"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              THEN (
                (
                  EXTRACT(dayofyear FROM "t2"."any_day") - (
                    (
                      DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                    ) % 7
                  )
                ) + 3
              ) - CASE
                WHEN (
                  (
                    (
                      EXTRACT(year FROM "t2"."any_day") % 4
                    ) = 0
                  )
                  AND (
                    (
                      EXTRACT(year FROM "t2"."any_day") % 100
                    ) <> 0
                  )
                )
                OR (
                  (
                    EXTRACT(year FROM "t2"."any_day") % 400
                  ) = 0
                )
                THEN 366
                ELSE 365
              END
              ELSE (
                EXTRACT(dayofyear FROM "t2"."any_day") - (
                  (
                    DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
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
            EXTRACT(dayofyear FROM "t2"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
              ) % 7
            )
          ) + 3
        ) < 1
        THEN (
          EXTRACT(dayofyear FROM "t2"."any_day") - (
            (
              DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
            ) % 7
          )
        ) + 3 + CASE
          WHEN (
            (
              (
                (
                  EXTRACT(year FROM "t2"."any_day") - 1
                ) % 4
              ) = 0
            )
            AND (
              (
                (
                  EXTRACT(year FROM "t2"."any_day") - 1
                ) % 100
              ) <> 0
            )
          )
          OR (
            (
              (
                EXTRACT(year FROM "t2"."any_day") - 1
              ) % 400
            ) = 0
          )
          THEN 366
          ELSE 365
        END
        ELSE CASE
          WHEN (
            (
              EXTRACT(dayofyear FROM "t2"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) > CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t2"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t2"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t2"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          THEN (
            (
              EXTRACT(dayofyear FROM "t2"."any_day") - (
                (
                  DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
                ) % 7
              )
            ) + 3
          ) - CASE
            WHEN (
              (
                (
                  EXTRACT(year FROM "t2"."any_day") % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM "t2"."any_day") % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM "t2"."any_day") % 400
              ) = 0
            )
            THEN 366
            ELSE 365
          END
          ELSE (
            EXTRACT(dayofyear FROM "t2"."any_day") - (
              (
                DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t2"."any_day") + 700003
              ) % 7
            )
          ) + 3
        END
      END - 1
    ) / (
      7
    )
  ) AS BIGINT) + 1 AS TEXT) AS "week",
  'events' AS "counting",
  "t2"."ladder",
  CAST("t2"."rung" AS INT) AS "rung",
  "t2"."context",
  CAST("t2"."n_events" AS INT) AS "n_events",
  MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC') AS "known_at"
FROM (
  SELECT
    "t1"."source",
    "t1"."target",
    "t1"."week_index",
    "t1"."ladder",
    "t1"."rung",
    "t1"."context",
    MAX("t1"."event_date") AS "any_day",
    SUM("t1"."weight") AS "n_events"
  FROM (
    SELECT
      "t0"."event_id",
      "t0"."event_date",
      "t0"."source",
      "t0"."target",
      "t0"."event_type",
      "t0"."mode",
      "t0"."context",
      CAST(FLOOR((
        DATE_DIFF('DAY', MAKE_DATE(1970, 1, 1), "t0"."event_date") + 3
      ) / (
        7
      )) AS BIGINT) AS "week_index",
      1 AS "weight",
      CASE
        WHEN "t0"."event_type" IN (
          'REQUEST',
          'ACCUSE',
          'REJECT',
          'THREATEN',
          'PROTEST',
          'SANCTION',
          'MOBILIZE',
          'COERCE',
          'ASSAULT'
        )
        THEN 'conflict'
        ELSE 'cooperation'
      END AS "ladder",
      CASE
        WHEN (
          "t0"."event_type" = 'AGREE'
        ) AND "t0"."mode" IN ('ceasefire')
        THEN 1
        WHEN (
          "t0"."event_type" = 'AGREE'
        )
        AND COALESCE("t0"."context", '') IN (
          'economic',
          'transport',
          'energy',
          'water',
          'migration',
          'humanitarian',
          'health',
          'culture'
        )
        THEN 2
        WHEN (
          "t0"."event_type" = 'AGREE'
        )
        AND COALESCE("t0"."context", '') IN ('', 'diplomatic', 'political', 'legal', 'rights', 'territory')
        THEN 3
        WHEN (
          "t0"."event_type" = 'AGREE'
        )
        AND COALESCE("t0"."context", '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          "t0"."event_type" = 'AGREE'
        )
        AND COALESCE("t0"."context", '') IN ('military')
        THEN 5
        WHEN "t0"."event_type" = 'CONSULT'
        THEN 1
        WHEN (
          "t0"."event_type" = 'SUPPORT'
        )
        AND "t0"."mode" IN ('recognise', 'accredit', 'open_mission')
        THEN 3
        WHEN "t0"."event_type" = 'SUPPORT'
        THEN 1
        WHEN "t0"."event_type" = 'CONCEDE'
        THEN 3
        WHEN (
          "t0"."event_type" = 'COOPERATE'
        ) AND "t0"."mode" IN ('invite')
        THEN 1
        WHEN (
          "t0"."event_type" = 'COOPERATE'
        )
        AND COALESCE("t0"."context", '') IN ('', 'diplomatic', 'political', 'legal', 'rights', 'territory')
        THEN 1
        WHEN (
          "t0"."event_type" = 'COOPERATE'
        )
        AND COALESCE("t0"."context", '') IN (
          'economic',
          'transport',
          'energy',
          'water',
          'migration',
          'humanitarian',
          'health',
          'culture'
        )
        THEN 2
        WHEN (
          "t0"."event_type" = 'COOPERATE'
        )
        AND COALESCE("t0"."context", '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          "t0"."event_type" = 'COOPERATE'
        )
        AND COALESCE("t0"."context", '') IN ('military')
        THEN 5
        WHEN (
          "t0"."event_type" = 'AID'
        )
        AND "t0"."mode" IN ('humanitarian')
        AND COALESCE("t0"."context", '') IN (
          '',
          'diplomatic',
          'political',
          'legal',
          'economic',
          'transport',
          'energy',
          'water',
          'migration',
          'humanitarian',
          'health',
          'culture',
          'rights',
          'territory',
          'military'
        )
        THEN 2
        WHEN (
          "t0"."event_type" = 'AID'
        )
        AND "t0"."mode" IN ('humanitarian')
        AND COALESCE("t0"."context", '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          "t0"."event_type" = 'AID'
        )
        AND COALESCE("t0"."context", '') IN (
          '',
          'diplomatic',
          'political',
          'legal',
          'economic',
          'transport',
          'energy',
          'water',
          'migration',
          'humanitarian',
          'health',
          'culture',
          'rights',
          'territory'
        )
        THEN 2
        WHEN (
          "t0"."event_type" = 'AID'
        )
        AND COALESCE("t0"."context", '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          "t0"."event_type" = 'AID'
        ) AND COALESCE("t0"."context", '') IN ('military')
        THEN 5
        WHEN "t0"."event_type" = 'RETREAT'
        THEN 1
        WHEN "t0"."event_type" = 'REQUEST'
        THEN 1
        WHEN "t0"."event_type" = 'ACCUSE'
        THEN 1
        WHEN "t0"."event_type" = 'REJECT'
        THEN 1
        WHEN "t0"."event_type" = 'THREATEN'
        THEN 2
        WHEN "t0"."event_type" = 'PROTEST'
        THEN 1
        WHEN "t0"."event_type" = 'SANCTION'
        THEN 2
        WHEN "t0"."event_type" = 'MOBILIZE'
        THEN 3
        WHEN "t0"."event_type" = 'COERCE'
        THEN 3
        WHEN "t0"."event_type" = 'ASSAULT'
        THEN 4
        ELSE 0
      END AS "rung"
    FROM "events" AS "t0"
    WHERE
      "t0"."status" = 'reported'
      AND NOT (
        COALESCE("t0"."review", FALSE)
      )
      AND "t0"."known_at" <= MAKE_TIMESTAMPTZ(2026, 6, 1, 0, 0, 0.0, 'UTC')
      AND "t0"."event_date" <= MAKE_DATE(2026, 5, 31)
      AND "t0"."source" <> "t0"."target"
  ) AS "t1"
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6
) AS "t2"
