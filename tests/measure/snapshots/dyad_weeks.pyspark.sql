WITH `t13` AS (
  SELECT
    `t8`.`event_id`,
    `t8`.`event_date`,
    `t8`.`source`,
    `t8`.`target`,
    `t8`.`quad_class`,
    `t8`.`goldstein`,
    `t8`.`week_index`,
    IF(COALESCE(`t9`.`units` > 0, FALSE), `t9`.`units`, 1) AS `weight`
  FROM (
    SELECT
      `t1`.`event_id`,
      `t1`.`event_date`,
      `t1`.`source`,
      `t1`.`target`,
      `t1`.`quad_class`,
      `t1`.`goldstein`,
      CAST(FLOOR((
        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t1`.`event_date`) + 3
      ) / (
        7
      )) AS BIGINT) AS `week_index`
    FROM `events` AS `t1`
    WHERE
      `t1`.`status` = 'reported'
      AND NOT (
        COALESCE(`t1`.`review`, FALSE)
      )
      AND `t1`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND CAST(`t1`.`event_date` AS TIMESTAMP) < CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND `t1`.`source` <> `t1`.`target`
  ) AS `t8`
  LEFT OUTER JOIN (
    SELECT
      `t4`.`event_id`,
      COUNT(DISTINCT `t4`.`story_id`) AS `units`
    FROM (
      SELECT
        *
      FROM `mentions` AS `t2`
      WHERE
        `t2`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    ) AS `t4`
    GROUP BY
      1
  ) AS `t9`
    ON `t8`.`event_id` = `t9`.`event_id`
)
SELECT
  '2026-W22' AS `run`,
  `t19`.`source`,
  `t19`.`target`,
  CONCAT(
    CONCAT(
      CAST(EXTRACT(year FROM `t19`.`any_day`) + IF(
        (
          (
            CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
              ) % 7
            )
          ) + 3
        ) < 1,
        -1,
        IF(
          (
            (
              CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) > IF(
            (
              (
                (
                  EXTRACT(year FROM `t19`.`any_day`) % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM `t19`.`any_day`) % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM `t19`.`any_day`) % 400
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
                    CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                      ) % 7
                    )
                  ) + 3
                ) < 1,
                (
                  CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                    (
                      DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                    ) % 7
                  )
                ) + 3 + IF(
                  (
                    (
                      (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) - 1
                        ) % 4
                      ) = 0
                    )
                    AND (
                      (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) - 1
                        ) % 100
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(year FROM `t19`.`any_day`) - 1
                      ) % 400
                    ) = 0
                  ),
                  366,
                  365
                ),
                IF(
                  (
                    (
                      CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) > IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t19`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    (
                      CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) - IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t19`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t19`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
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
              CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) < 1,
          (
            CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
              ) % 7
            )
          ) + 3 + IF(
            (
              (
                (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) - 1
                  ) % 4
                ) = 0
              )
              AND (
                (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) - 1
                  ) % 100
                ) <> 0
              )
            )
            OR (
              (
                (
                  EXTRACT(year FROM `t19`.`any_day`) - 1
                ) % 400
              ) = 0
            ),
            366,
            365
          ),
          IF(
            (
              (
                CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) > IF(
              (
                (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t19`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              (
                CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) - IF(
              (
                (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t19`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t19`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              CAST(DAYOFYEAR(`t19`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t19`.`any_day`) + 700003
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
  'stories' AS `counting`,
  CAST(`t19`.`n_events` AS INT) AS `n_events`,
  CAST(`t19`.`n_verbal_cooperation` AS INT) AS `n_verbal_cooperation`,
  CAST(`t19`.`n_material_cooperation` AS INT) AS `n_material_cooperation`,
  CAST(`t19`.`n_verbal_conflict` AS INT) AS `n_verbal_conflict`,
  CAST(`t19`.`n_material_conflict` AS INT) AS `n_material_conflict`,
  `t19`.`goldstein_mean`,
  `t19`.`material_share`,
  CAST(COALESCE(`t21`.`n_reports`, 0) AS INT) AS `n_reports`,
  CAST(COALESCE(`t21`.`n_outlets`, 0) AS INT) AS `n_outlets`,
  `t19`.`n_events` / SUM(`t19`.`n_events`) OVER (
    PARTITION BY `t19`.`week_index`
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
  ) AS `volume_share`,
  `t12`.`collected` AS `coverage`,
  CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP) AS `known_at`
FROM (
  SELECT
    `t14`.`source`,
    `t14`.`target`,
    `t14`.`week_index`,
    MAX(`t14`.`event_date`) AS `any_day`,
    SUM(`t14`.`weight`) AS `n_events`,
    SUM(IF(`t14`.`quad_class` = 'verbal_cooperation', `t14`.`weight`, 0)) AS `n_verbal_cooperation`,
    SUM(IF(`t14`.`quad_class` = 'material_cooperation', `t14`.`weight`, 0)) AS `n_material_cooperation`,
    SUM(IF(`t14`.`quad_class` = 'verbal_conflict', `t14`.`weight`, 0)) AS `n_verbal_conflict`,
    SUM(IF(`t14`.`quad_class` = 'material_conflict', `t14`.`weight`, 0)) AS `n_material_conflict`,
    SUM(`t14`.`goldstein` * `t14`.`weight`) / NULLIF(
      SUM(
        IF(`t14`.`goldstein` IS NOT NULL AND NOT ISNAN(`t14`.`goldstein`), `t14`.`weight`, 0)
      ),
      0
    ) AS `goldstein_mean`,
    SUM(
      IF(
        `t14`.`quad_class` IN ('material_cooperation', 'material_conflict'),
        `t14`.`weight`,
        0
      )
    ) / SUM(`t14`.`weight`) AS `material_share`
  FROM `t13` AS `t14`
  GROUP BY
    1,
    2,
    3
) AS `t19`
LEFT OUTER JOIN (
  SELECT
    `t18`.`source`,
    `t18`.`target`,
    `t18`.`week_index`,
    COUNT(DISTINCT `t18`.`report_id`) AS `n_reports`,
    COUNT(DISTINCT `t18`.`outlet`) AS `n_outlets`
  FROM (
    SELECT
      `t16`.`event_id`,
      `t16`.`source`,
      `t16`.`target`,
      `t16`.`week_index`,
      `t5`.`report_id`,
      `t5`.`outlet`
    FROM (
      SELECT
        `t14`.`event_id`,
        `t14`.`source`,
        `t14`.`target`,
        `t14`.`week_index`
      FROM `t13` AS `t14`
    ) AS `t16`
    INNER JOIN (
      SELECT
        `t2`.`event_id`,
        `t2`.`report_id`,
        `t2`.`outlet`
      FROM `mentions` AS `t2`
      WHERE
        `t2`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    ) AS `t5`
      ON `t16`.`event_id` = `t5`.`event_id`
  ) AS `t18`
  GROUP BY
    1,
    2,
    3
) AS `t21`
  ON `t19`.`source` = `t21`.`source`
  AND `t19`.`target` = `t21`.`target`
  AND `t19`.`week_index` = `t21`.`week_index`
LEFT OUTER JOIN (
  SELECT
    `t10`.`ledger_week`,
    AVG(`t10`.`share`) AS `collected`
  FROM (
    SELECT
      CAST(FLOOR((
        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t0`.`day`) + 3
      ) / (
        7
      )) AS BIGINT) AS `ledger_week`,
      IF(
        GREATEST(
          COALESCE(`t0`.`expected`, 0),
          COALESCE(`t0`.`received`, 0) + COALESCE(`t0`.`failed`, 0)
        ) > 0,
        COALESCE(`t0`.`received`, 0) / NULLIF(
          GREATEST(
            COALESCE(`t0`.`expected`, 0),
            COALESCE(`t0`.`received`, 0) + COALESCE(`t0`.`failed`, 0)
          ),
          0
        ),
        1.0
      ) AS `share`
    FROM `coverage` AS `t0`
    WHERE
      `t0`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
  ) AS `t10`
  GROUP BY
    1
) AS `t12`
  ON `t19`.`week_index` = `t12`.`ledger_week`
