SELECT
  '2026-W22' AS `run`,
  `t2`.`source`,
  `t2`.`target`,
  CONCAT(
    CONCAT(
      CAST(EXTRACT(year FROM `t2`.`any_day`) + IF(
        (
          (
            CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
              ) % 7
            )
          ) + 3
        ) < 1,
        -1,
        IF(
          (
            (
              CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) > IF(
            (
              (
                (
                  EXTRACT(year FROM `t2`.`any_day`) % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM `t2`.`any_day`) % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM `t2`.`any_day`) % 400
              ) = 0
            ),
            366,
            365
          ),
          1,
          0
        )
      ) AS STRING),
      IF(
        (
          CAST(FLOOR(
            (
              IF(
                (
                  (
                    CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                      ) % 7
                    )
                  ) + 3
                ) < 1,
                (
                  CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                    (
                      DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                    ) % 7
                  )
                ) + 3 + IF(
                  (
                    (
                      (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) - 1
                        ) % 4
                      ) = 0
                    )
                    AND (
                      (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) - 1
                        ) % 100
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(year FROM `t2`.`any_day`) - 1
                      ) % 400
                    ) = 0
                  ),
                  366,
                  365
                ),
                IF(
                  (
                    (
                      CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) > IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t2`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    (
                      CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) - IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t2`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t2`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                      ) % 7
                    )
                  ) + 3
                )
              ) - 1
            ) / (
              7
            )
          ) AS BIGINT) + 1
        ) < 10,
        '-W0',
        '-W'
      )
    ),
    CAST(CAST(FLOOR(
      (
        IF(
          (
            (
              CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) < 1,
          (
            CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
              ) % 7
            )
          ) + 3 + IF(
            (
              (
                (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) - 1
                  ) % 4
                ) = 0
              )
              AND (
                (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) - 1
                  ) % 100
                ) <> 0
              )
            )
            OR (
              (
                (
                  EXTRACT(year FROM `t2`.`any_day`) - 1
                ) % 400
              ) = 0
            ),
            366,
            365
          ),
          IF(
            (
              (
                CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) > IF(
              (
                (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t2`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              (
                CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) - IF(
              (
                (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t2`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t2`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              CAST(DAYOFYEAR(`t2`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t2`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          )
        ) - 1
      ) / (
        7
      )
    ) AS BIGINT) + 1 AS STRING)
  ) AS `week`,
  'events' AS `counting`,
  `t2`.`ladder`,
  CAST(`t2`.`rung` AS INT) AS `rung`,
  `t2`.`context`,
  CAST(`t2`.`n_events` AS INT) AS `n_events`,
  CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP) AS `known_at`
FROM (
  SELECT
    `t1`.`source`,
    `t1`.`target`,
    `t1`.`week_index`,
    `t1`.`ladder`,
    `t1`.`rung`,
    `t1`.`context`,
    MAX(`t1`.`event_date`) AS `any_day`,
    SUM(`t1`.`weight`) AS `n_events`
  FROM (
    SELECT
      `t0`.`event_id`,
      `t0`.`event_date`,
      `t0`.`source`,
      `t0`.`target`,
      `t0`.`event_type`,
      `t0`.`mode`,
      `t0`.`context`,
      CAST(FLOOR((
        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t0`.`event_date`) + 3
      ) / (
        7
      )) AS BIGINT) AS `week_index`,
      1 AS `weight`,
      IF(
        `t0`.`event_type` IN (
          'REQUEST',
          'ACCUSE',
          'REJECT',
          'THREATEN',
          'PROTEST',
          'SANCTION',
          'MOBILIZE',
          'COERCE',
          'ASSAULT'
        ),
        'conflict',
        'cooperation'
      ) AS `ladder`,
      CASE
        WHEN (
          `t0`.`event_type` = 'AGREE'
        ) AND `t0`.`mode` IN ('ceasefire')
        THEN 1
        WHEN (
          `t0`.`event_type` = 'AGREE'
        )
        AND COALESCE(`t0`.`context`, '') IN (
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
          `t0`.`event_type` = 'AGREE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('', 'diplomatic', 'political', 'legal', 'rights', 'territory')
        THEN 3
        WHEN (
          `t0`.`event_type` = 'AGREE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          `t0`.`event_type` = 'AGREE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('military')
        THEN 5
        WHEN `t0`.`event_type` = 'CONSULT'
        THEN 1
        WHEN (
          `t0`.`event_type` = 'SUPPORT'
        )
        AND `t0`.`mode` IN ('recognise', 'accredit', 'open_mission')
        THEN 3
        WHEN `t0`.`event_type` = 'SUPPORT'
        THEN 1
        WHEN `t0`.`event_type` = 'CONCEDE'
        THEN 3
        WHEN (
          `t0`.`event_type` = 'COOPERATE'
        ) AND `t0`.`mode` IN ('invite')
        THEN 1
        WHEN (
          `t0`.`event_type` = 'COOPERATE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('', 'diplomatic', 'political', 'legal', 'rights', 'territory')
        THEN 1
        WHEN (
          `t0`.`event_type` = 'COOPERATE'
        )
        AND COALESCE(`t0`.`context`, '') IN (
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
          `t0`.`event_type` = 'COOPERATE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          `t0`.`event_type` = 'COOPERATE'
        )
        AND COALESCE(`t0`.`context`, '') IN ('military')
        THEN 5
        WHEN (
          `t0`.`event_type` = 'AID'
        )
        AND `t0`.`mode` IN ('humanitarian')
        AND COALESCE(`t0`.`context`, '') IN (
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
          `t0`.`event_type` = 'AID'
        )
        AND `t0`.`mode` IN ('humanitarian')
        AND COALESCE(`t0`.`context`, '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          `t0`.`event_type` = 'AID'
        )
        AND COALESCE(`t0`.`context`, '') IN (
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
          `t0`.`event_type` = 'AID'
        )
        AND COALESCE(`t0`.`context`, '') IN ('narcotics', 'security', 'intelligence', 'terrorism')
        THEN 4
        WHEN (
          `t0`.`event_type` = 'AID'
        ) AND COALESCE(`t0`.`context`, '') IN ('military')
        THEN 5
        WHEN `t0`.`event_type` = 'RETREAT'
        THEN 1
        WHEN `t0`.`event_type` = 'REQUEST'
        THEN 1
        WHEN `t0`.`event_type` = 'ACCUSE'
        THEN 1
        WHEN `t0`.`event_type` = 'REJECT'
        THEN 1
        WHEN `t0`.`event_type` = 'THREATEN'
        THEN 2
        WHEN `t0`.`event_type` = 'PROTEST'
        THEN 1
        WHEN `t0`.`event_type` = 'SANCTION'
        THEN 2
        WHEN `t0`.`event_type` = 'MOBILIZE'
        THEN 3
        WHEN `t0`.`event_type` = 'COERCE'
        THEN 3
        WHEN `t0`.`event_type` = 'ASSAULT'
        THEN 4
        ELSE 0
      END AS `rung`
    FROM `events` AS `t0`
    WHERE
      `t0`.`status` = 'reported'
      AND NOT (
        COALESCE(`t0`.`review`, FALSE)
      )
      AND `t0`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND `t0`.`event_date` <= MAKE_DATE(2026, 5, 31)
      AND `t0`.`source` <> `t0`.`target`
  ) AS `t1`
  GROUP BY
    1,
    2,
    3,
    4,
    5,
    6
) AS `t2`
