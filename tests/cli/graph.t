$ cp -r "$EXAMPLES/loans" . && cd loans
$ dtc graph
raw
  personal_loans  source
  state_codes     table
staging
  stg_personal_loans  dynamic table, lag downstream (1 minute by marts.loans_by_state__dynamic)  <- raw.personal_loans
marts
  loans_by_state__dynamic   dynamic table, lag 1 minute  <- staging.stg_personal_loans, raw.state_codes
  loans_by_state__standard  static table  <- staging.stg_personal_loans, raw.state_codes
  loan_book_monthly         dynamic table, lag 10 minutes  <- staging.stg_personal_loans
  stale_states              view  <- marts.loans_by_state__dynamic, marts.loans_by_state__standard
  state_risk                dynamic table, lag 10 minutes  <- staging.stg_personal_loans, raw.state_codes
observe
  error_log            table
  reports_are_late     alert  <- marts.loans_by_state__dynamic, marts.loan_book_monthly, marts.state_risk
  staged_loan_changes  stream  <- staging.stg_personal_loans
  capture_errors       task  <- observe.staged_loan_changes, observe.error_log
  test_failures        view  <- staging.stg_personal_loans, raw.state_codes
  test_failure_counts  view  <- observe.test_failures
$ dtc graph --format dot | head -5
digraph pipeline {
  rankdir=LR;
  subgraph cluster_0 {
    label="raw";
    "raw.personal_loans" [shape=cylinder];
$ dtc graph --format mermaid | head -5
flowchart LR
  subgraph l0["raw"]
    n0["raw.personal_loans"]
    n1["raw.state_codes"]
  end
$ dtc graph --format json | head -12
{
  "schema_version": 1,
  "nodes": [
    {
      "name": "RAW.PERSONAL_LOANS",
      "kind": "source",
      "layer": "RAW",
      "target_lag": null,
      "effective_lag_seconds": null,
      "clock": null,
      "depth": 1,
      "in_cycle": false

# A text with a mistake is drawn as far as it can be.
$ echo 'gold table broken as select * from nowhere.at_all;' >broken.dtl
$ dtc graph broken.dtl 2>&1 | head -8
gold
  broken  dynamic table, lag not said (never refreshes)
broken.dtl:1:36: note[DT121]: relation is outside the project, its columns are not known
  |
1 | gold table broken as select * from nowhere.at_all;
  |                                    ^^^^^^^^^^^^^^ no layer lives in `nowhere`
  = more: dtc explain DT121
