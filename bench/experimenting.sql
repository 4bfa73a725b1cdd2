-- What a good hand would write: the moments of ten metrics in every arm of every layer, and of one covariate, in one scan.
SELECT
    layer, arm, count(*) AS customers,
    avg(visits), var_samp(visits), avg(bought), var_samp(bought), avg(spend), var_samp(spend), avg(orders), var_samp(orders),
    avg(items), var_samp(items), avg(margin), var_samp(margin), avg(minutes), var_samp(minutes), avg(shared), var_samp(shared),
    avg(invited), var_samp(invited), avg(points), var_samp(points),
    avg(history), var_samp(history), covar_samp(spend, history)
FROM read_parquet($file)
GROUP BY layer, arm
