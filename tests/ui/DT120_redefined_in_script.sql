create table bronze.orders (order_id number(38,0));
create or replace table bronze.orders (order_id number(38,0), amount number(12,2));
create view gold.amounts as select amount from bronze.orders;
