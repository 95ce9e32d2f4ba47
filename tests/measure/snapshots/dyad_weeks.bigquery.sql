WITH `t12` AS (
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
      `t0`.`event_id`,
      `t0`.`event_date`,
      `t0`.`source`,
      `t0`.`target`,
      `t0`.`quad_class`,
      `t0`.`goldstein`,
      CAST(FLOOR(ieee_divide(DATE_DIFF(`t0`.`event_date`, DATE(1970, 1, 1), DAY) + 3, 7)) AS INT64) AS `week_index`
    FROM `events` AS `t0`
    WHERE
      `t0`.`status` = 'reported'
      AND NOT (
        COALESCE(`t0`.`review`, FALSE)
      )
      AND `t0`.`known_at` <= TIMESTAMP('2026-06-01T00:00:00+00:00')
      AND `t0`.`event_date` <= DATE(2026, 5, 31)
      AND `t0`.`source` <> `t0`.`target`
  ) AS `t8`
  LEFT OUTER JOIN (
    SELECT
      `t4`.`event_id`,
      COUNT(DISTINCT `t4`.`story_id`) AS `units`
    FROM (
      SELECT
        *
      FROM `mentions` AS `t1`
      WHERE
        `t1`.`known_at` <= TIMESTAMP('2026-06-01T00:00:00+00:00')
    ) AS `t4`
    GROUP BY
      1
  ) AS `t9`
    ON `t8`.`event_id` = `t9`.`event_id`
), `t18` AS (
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
    ieee_divide(
      SUM(CAST(ROUND(`t14`.`goldstein` * 1000, 0) AS INT64) * `t14`.`weight`),
      NULLIF(SUM(IF(`t14`.`goldstein` IS NOT NULL, `t14`.`weight`, 0)) * 1000, 0)
    ) AS `goldstein_mean`,
    ieee_divide(
      SUM(
        IF(
          `t14`.`quad_class` IN ('material_cooperation', 'material_conflict'),
          `t14`.`weight`,
          0
        )
      ),
      SUM(`t14`.`weight`)
    ) AS `material_share`
  FROM `t12` AS `t14`
  GROUP BY
    1,
    2,
    3
)
SELECT
  '2026-W22' AS `run`,
  `t21`.`source`,
  `t21`.`target`,
  `t28`.`week`,
  'stories' AS `counting`,
  CAST(`t21`.`n_events` AS INT64) AS `n_events`,
  CAST(`t21`.`n_verbal_cooperation` AS INT64) AS `n_verbal_cooperation`,
  CAST(`t21`.`n_material_cooperation` AS INT64) AS `n_material_cooperation`,
  CAST(`t21`.`n_verbal_conflict` AS INT64) AS `n_verbal_conflict`,
  CAST(`t21`.`n_material_conflict` AS INT64) AS `n_material_conflict`,
  `t21`.`goldstein_mean`,
  `t21`.`material_share`,
  CAST(COALESCE(`t22`.`n_reports`, 0) AS INT64) AS `n_reports`,
  CAST(COALESCE(`t22`.`n_outlets`, 0) AS INT64) AS `n_outlets`,
  ieee_divide(`t21`.`n_events`, `t28`.`total`) AS `volume_share`,
  `t28`.`collected` AS `coverage`,
  TIMESTAMP('2026-06-01T00:00:00+00:00') AS `known_at`
FROM `t18` AS `t21`
LEFT OUTER JOIN (
  SELECT
    `t17`.`source`,
    `t17`.`target`,
    `t17`.`week_index`,
    COUNT(DISTINCT `t17`.`report_id`) AS `n_reports`,
    COUNT(DISTINCT `t17`.`outlet`) AS `n_outlets`
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
      FROM `t12` AS `t14`
    ) AS `t16`
    INNER JOIN (
      SELECT
        `t1`.`event_id`,
        `t1`.`report_id`,
        `t1`.`outlet`
      FROM `mentions` AS `t1`
      WHERE
        `t1`.`known_at` <= TIMESTAMP('2026-06-01T00:00:00+00:00')
    ) AS `t5`
      ON `t16`.`event_id` = `t5`.`event_id`
  ) AS `t17`
  GROUP BY
    1,
    2,
    3
) AS `t22`
  ON `t21`.`source` = `t22`.`source`
  AND `t21`.`target` = `t22`.`target`
  AND `t21`.`week_index` = `t22`.`week_index`
INNER JOIN (
  SELECT
    `t26`.`week_index`,
    `t26`.`day`,
    `t26`.`total`,
    `t26`.`week`,
    `t13`.`ledger_week`,
    `t13`.`collected`
  FROM (
    SELECT
      `t24`.*
      EXCEPT (`collected`)
    FROM (
      SELECT
        `t23`.`week_index`,
        `t23`.`day`,
        `t23`.`total`,
        CONCAT(
          CONCAT(
            CAST(EXTRACT(year FROM `t23`.`day`) + IF(
              (
                (
                  EXTRACT(dayofyear FROM `t23`.`day`) - (
                    MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                  )
                ) + 3
              ) < 1,
              -1,
              IF(
                (
                  (
                    EXTRACT(dayofyear FROM `t23`.`day`) - (
                      MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                    )
                  ) + 3
                ) > IF(
                  (
                    (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`), 4)
                      ) = 0
                    )
                    AND (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`), 100)
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      MOD(EXTRACT(year FROM `t23`.`day`), 400)
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
                  ieee_divide(
                    IF(
                      (
                        (
                          EXTRACT(dayofyear FROM `t23`.`day`) - (
                            MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                          )
                        ) + 3
                      ) < 1,
                      (
                        EXTRACT(dayofyear FROM `t23`.`day`) - (
                          MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                        )
                      ) + 3 + IF(
                        (
                          (
                            (
                              MOD(EXTRACT(year FROM `t23`.`day`) - 1, 4)
                            ) = 0
                          )
                          AND (
                            (
                              MOD(EXTRACT(year FROM `t23`.`day`) - 1, 100)
                            ) <> 0
                          )
                        )
                        OR (
                          (
                            MOD(EXTRACT(year FROM `t23`.`day`) - 1, 400)
                          ) = 0
                        ),
                        366,
                        365
                      ),
                      IF(
                        (
                          (
                            EXTRACT(dayofyear FROM `t23`.`day`) - (
                              MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                            )
                          ) + 3
                        ) > IF(
                          (
                            (
                              (
                                MOD(EXTRACT(year FROM `t23`.`day`), 4)
                              ) = 0
                            )
                            AND (
                              (
                                MOD(EXTRACT(year FROM `t23`.`day`), 100)
                              ) <> 0
                            )
                          )
                          OR (
                            (
                              MOD(EXTRACT(year FROM `t23`.`day`), 400)
                            ) = 0
                          ),
                          366,
                          365
                        ),
                        (
                          (
                            EXTRACT(dayofyear FROM `t23`.`day`) - (
                              MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                            )
                          ) + 3
                        ) - IF(
                          (
                            (
                              (
                                MOD(EXTRACT(year FROM `t23`.`day`), 4)
                              ) = 0
                            )
                            AND (
                              (
                                MOD(EXTRACT(year FROM `t23`.`day`), 100)
                              ) <> 0
                            )
                          )
                          OR (
                            (
                              MOD(EXTRACT(year FROM `t23`.`day`), 400)
                            ) = 0
                          ),
                          366,
                          365
                        ),
                        (
                          EXTRACT(dayofyear FROM `t23`.`day`) - (
                            MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                          )
                        ) + 3
                      )
                    ) - 1,
                    7
                  )
                ) AS INT64) + 1
              ) < 10,
              '-W0',
              '-W'
            )
          ),
          CAST(CAST(FLOOR(
            ieee_divide(
              IF(
                (
                  (
                    EXTRACT(dayofyear FROM `t23`.`day`) - (
                      MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                    )
                  ) + 3
                ) < 1,
                (
                  EXTRACT(dayofyear FROM `t23`.`day`) - (
                    MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                  )
                ) + 3 + IF(
                  (
                    (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`) - 1, 4)
                      ) = 0
                    )
                    AND (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`) - 1, 100)
                      ) <> 0
                    )
                  )
                  OR (
                    (
                      MOD(EXTRACT(year FROM `t23`.`day`) - 1, 400)
                    ) = 0
                  ),
                  366,
                  365
                ),
                IF(
                  (
                    (
                      EXTRACT(dayofyear FROM `t23`.`day`) - (
                        MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                      )
                    ) + 3
                  ) > IF(
                    (
                      (
                        (
                          MOD(EXTRACT(year FROM `t23`.`day`), 4)
                        ) = 0
                      )
                      AND (
                        (
                          MOD(EXTRACT(year FROM `t23`.`day`), 100)
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`), 400)
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    (
                      EXTRACT(dayofyear FROM `t23`.`day`) - (
                        MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                      )
                    ) + 3
                  ) - IF(
                    (
                      (
                        (
                          MOD(EXTRACT(year FROM `t23`.`day`), 4)
                        ) = 0
                      )
                      AND (
                        (
                          MOD(EXTRACT(year FROM `t23`.`day`), 100)
                        ) <> 0
                      )
                    )
                    OR (
                      (
                        MOD(EXTRACT(year FROM `t23`.`day`), 400)
                      ) = 0
                    ),
                    366,
                    365
                  ),
                  (
                    EXTRACT(dayofyear FROM `t23`.`day`) - (
                      MOD(DATE_DIFF(`t23`.`day`, DATE(1970, 1, 1), DAY) + 700003, 7)
                    )
                  ) + 3
                )
              ) - 1,
              7
            )
          ) AS INT64) + 1 AS STRING)
        ) AS `week`,
        CAST(NULL AS FLOAT64) AS `collected`
      FROM (
        SELECT
          `t19`.`week_index`,
          MAX(`t19`.`any_day`) AS `day`,
          SUM(`t19`.`n_events`) AS `total`
        FROM `t18` AS `t19`
        GROUP BY
          1
      ) AS `t23`
    ) AS `t24`
  ) AS `t26`
  LEFT OUTER JOIN (
    SELECT
      `t10`.`ledger_week`,
      AVG(`t10`.`share`) AS `collected`
    FROM (
      SELECT
        CAST(FLOOR(ieee_divide(DATE_DIFF(`t2`.`day`, DATE(1970, 1, 1), DAY) + 3, 7)) AS INT64) AS `ledger_week`,
        IF(
          GREATEST(
            COALESCE(`t2`.`expected`, 0),
            COALESCE(`t2`.`received`, 0) + COALESCE(`t2`.`failed`, 0)
          ) > 0,
          ieee_divide(
            COALESCE(`t2`.`received`, 0),
            NULLIF(
              GREATEST(
                COALESCE(`t2`.`expected`, 0),
                COALESCE(`t2`.`received`, 0) + COALESCE(`t2`.`failed`, 0)
              ),
              0
            )
          ),
          1.0
        ) AS `share`
      FROM `coverage` AS `t2`
      WHERE
        `t2`.`known_at` <= TIMESTAMP('2026-06-01T00:00:00+00:00')
    ) AS `t10`
    GROUP BY
      1
  ) AS `t13`
    ON `t26`.`week_index` = `t13`.`ledger_week`
) AS `t28`
  ON `t21`.`week_index` = `t28`.`week_index`
