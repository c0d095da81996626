-- How all units of each panel did in each indicator: the same numbers as `hengjian results … --table indicators`.
SELECT
  p.name AS panel,
  i.code AS code,
  COUNT(*) AS units,
  SUM(CAST(r.score AS DECIMAL(28, 12))) AS score,
  SUM(i.max) AS full_marks,
  SUM(CASE WHEN CAST(r.score AS DECIMAL(28, 12)) * 100 < i.max * 60 THEN 1 ELSE 0 END) AS below
FROM result_score r
JOIN panel p ON p.panel = r.panel
JOIN indicator i ON i.rubric_digest = p.rubric_digest AND i.code = r.indicator AND i.rubric = p.rubric AND i.year = p.year
GROUP BY p.name, i.code
ORDER BY p.name, i.code
