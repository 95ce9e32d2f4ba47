WITH `t9` AS (
  SELECT
    `t7`.`event_id`,
    `t7`.`event_date`,
    `t7`.`source`,
    `t7`.`target`,
    `t7`.`quad_class`,
    `t7`.`goldstein`,
    `t7`.`week_index`,
    IF(COALESCE(`t8`.`units` > 0, FALSE), `t8`.`units`, 1) AS `weight`
  FROM (
    SELECT
      `t0`.`event_id`,
      `t0`.`event_date`,
      `t0`.`source`,
      `t0`.`target`,
      `t0`.`quad_class`,
      `t0`.`goldstein`,
      CAST(FLOOR((
        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t0`.`event_date`) + 3
      ) / (
        7
      )) AS BIGINT) AS `week_index`
    FROM `events` AS `t0`
    WHERE
      `t0`.`status` = 'reported'
      AND NOT (
        COALESCE(`t0`.`review`, FALSE)
      )
      AND `t0`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND CAST(`t0`.`event_date` AS TIMESTAMP) < CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
      AND `t0`.`source` <> `t0`.`target`
  ) AS `t7`
  LEFT OUTER JOIN (
    SELECT
      `t3`.`event_id`,
      COUNT(DISTINCT `t3`.`story_id`) AS `units`
    FROM (
      SELECT
        *
      FROM `mentions` AS `t1`
      WHERE
        `t1`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    ) AS `t3`
    GROUP BY
      1
  ) AS `t8`
    ON `t7`.`event_id` = `t8`.`event_id`
)
SELECT
  '2026-W22' AS `run`,
  `t15`.`source`,
  `t15`.`target`,
  CONCAT(
    CONCAT(
      CAST(EXTRACT(year FROM `t15`.`any_day`) + IF(
        (
          (
            CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
              ) % 7
            )
          ) + 3
        ) < 1,
        -1,
        IF(
          (
            (
              CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) > IF(
            (
              (
                (
                  EXTRACT(year FROM `t15`.`any_day`) % 4
                ) = 0
              )
              AND (
                (
                  EXTRACT(year FROM `t15`.`any_day`) % 100
                ) <> 0
              )
            )
            OR (
              (
                EXTRACT(year FROM `t15`.`any_day`) % 400
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
                    CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                      ) % 7
                    )
                  ) + 3
                ) < 1,
                (
                  CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                    (
                      DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                    ) % 7
                  )
                ) + 3 + IF(
                  (
                    (
                      (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) - 1
                        ) % 4
                      ) = 0
                    )
                    AND (
                      (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) - 1
                        ) % 100
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      (
                        EXTRACT(year FROM `t15`.`any_day`) - 1
                      ) % 400
                    ) = 0
                  ),
                  366,
                  365
                ),
                IF(
                  (
                    (
                      CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) > IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t15`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    (
                      CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                        (
                          DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                        ) % 7
                      )
                    ) + 3
                  ) - IF(
                    (
                      (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) % 4
                        ) = 0
                      )
                      AND (
                        (
                          EXTRACT(year FROM `t15`.`any_day`) % 100
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        EXTRACT(year FROM `t15`.`any_day`) % 400
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                      (
                        DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
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
              CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                ) % 7
              )
            ) + 3
          ) < 1,
          (
            CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
              (
                DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
              ) % 7
            )
          ) + 3 + IF(
            (
              (
                (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) - 1
                  ) % 4
                ) = 0
              )
              AND (
                (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) - 1
                  ) % 100
                ) <> 0
              )
            )
            OR (
              (
                (
                  EXTRACT(year FROM `t15`.`any_day`) - 1
                ) % 400
              ) = 0
            ),
            366,
            365
          ),
          IF(
            (
              (
                CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) > IF(
              (
                (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t15`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              (
                CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                  (
                    DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
                  ) % 7
                )
              ) + 3
            ) - IF(
              (
                (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) % 4
                  ) = 0
                )
                AND (
                  (
                    EXTRACT(year FROM `t15`.`any_day`) % 100
                  ) <> 0
                )
              )
              OR (
                (
                  EXTRACT(year FROM `t15`.`any_day`) % 400
                ) = 0
              ),
              366,
              365
            ),
            (
              CAST(DAYOFYEAR(`t15`.`any_day`) AS INT) - (
                (
                  DATEDIFF(DAY, MAKE_DATE(1970, 1, 1), `t15`.`any_day`) + 700003
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
  CAST(`t15`.`n_events` AS INT) AS `n_events`,
  CAST(`t15`.`n_verbal_cooperation` AS INT) AS `n_verbal_cooperation`,
  CAST(`t15`.`n_material_cooperation` AS INT) AS `n_material_cooperation`,
  CAST(`t15`.`n_verbal_conflict` AS INT) AS `n_verbal_conflict`,
  CAST(`t15`.`n_material_conflict` AS INT) AS `n_material_conflict`,
  `t15`.`goldstein_mean`,
  `t15`.`material_share`,
  CAST(COALESCE(`t17`.`n_reports`, 0) AS INT) AS `n_reports`,
  CAST(COALESCE(`t17`.`n_outlets`, 0) AS INT) AS `n_outlets`,
  CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP) AS `known_at`
FROM (
  SELECT
    `t10`.`source`,
    `t10`.`target`,
    `t10`.`week_index`,
    MAX(`t10`.`event_date`) AS `any_day`,
    SUM(`t10`.`weight`) AS `n_events`,
    SUM(IF(`t10`.`quad_class` = 'verbal_cooperation', `t10`.`weight`, 0)) AS `n_verbal_cooperation`,
    SUM(IF(`t10`.`quad_class` = 'material_cooperation', `t10`.`weight`, 0)) AS `n_material_cooperation`,
    SUM(IF(`t10`.`quad_class` = 'verbal_conflict', `t10`.`weight`, 0)) AS `n_verbal_conflict`,
    SUM(IF(`t10`.`quad_class` = 'material_conflict', `t10`.`weight`, 0)) AS `n_material_conflict`,
    SUM(`t10`.`goldstein` * `t10`.`weight`) / NULLIF(
      SUM(
        IF(`t10`.`goldstein` IS NOT NULL AND NOT ISNAN(`t10`.`goldstein`), `t10`.`weight`, 0)
      ),
      0
    ) AS `goldstein_mean`,
    SUM(
      IF(
        `t10`.`quad_class` IN ('material_cooperation', 'material_conflict'),
        `t10`.`weight`,
        0
      )
    ) / SUM(`t10`.`weight`) AS `material_share`
  FROM `t9` AS `t10`
  GROUP BY
    1,
    2,
    3
) AS `t15`
LEFT OUTER JOIN (
  SELECT
    `t14`.`source`,
    `t14`.`target`,
    `t14`.`week_index`,
    COUNT(DISTINCT `t14`.`report_id`) AS `n_reports`,
    COUNT(DISTINCT `t14`.`outlet`) AS `n_outlets`
  FROM (
    SELECT
      `t12`.`event_id`,
      `t12`.`source`,
      `t12`.`target`,
      `t12`.`week_index`,
      `t4`.`report_id`,
      `t4`.`outlet`
    FROM (
      SELECT
        `t10`.`event_id`,
        `t10`.`source`,
        `t10`.`target`,
        `t10`.`week_index`
      FROM `t9` AS `t10`
    ) AS `t12`
    INNER JOIN (
      SELECT
        `t1`.`event_id`,
        `t1`.`report_id`,
        `t1`.`outlet`
      FROM `mentions` AS `t1`
      WHERE
        `t1`.`known_at` <= CAST('2026-06-01T00:00:00+00:00' AS TIMESTAMP)
    ) AS `t4`
      ON `t12`.`event_id` = `t4`.`event_id`
  ) AS `t14`
  GROUP BY
    1,
    2,
    3
) AS `t17`
  ON `t15`.`source` = `t17`.`source`
  AND `t15`.`target` = `t17`.`target`
  AND `t15`.`week_index` = `t17`.`week_index`
