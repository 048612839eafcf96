CREATE TABLE raw.orders (id NUMBER, amount NUMBER(12,2));
CREATE DYNAMIC TABLE silver.orders TARGET_LAG = DOWNSTREAM WAREHOUSE = wh
AS SELECT id, amount FROM raw.orders WHERE amount > 0;
CREATE DYNAMIC TABLE gold.total TARGET_LAG = '1 hour' WAREHOUSE = wh
AS SELECT SUM(amount) AS total FROM silver.orders;
ALTER DYNAMIC TABLE silver.orders SUSPEND;
ALTER DYNAMIC TABLE silver.orders RESUME;
