/* reason.c - the closed lists of a plan as texts: actions, reasons, effects on data. */
#include "plan/plan.h"

static const struct {
    const char *code, *text;
} reasons[REASONS] = {
    [REASON_NOT_THERE] = {"not-there", "it is not on the target"},
    [REASON_QUERY_CHANGED] = {"query-changed", "its query changed"},
    [REASON_COLUMNS_CHANGED] = {"columns-changed", "its columns changed"},
    [REASON_LAG_CHANGED] = {"lag-changed", "its lag changed"},
    [REASON_MODE_CHANGED] = {"mode-changed", "its refresh mode changed"},
    [REASON_SETTING_CHANGED] = {"setting-changed", "a setting changed"},
    [REASON_COMMENT_CHANGED] = {"comment-changed", "its comment changed"},
    [REASON_EXPECT_CHANGED] = {"expect-changed", "its expectations changed"},
    [REASON_KIND_CHANGED] = {"kind-changed", "it is declared as another kind of object"},
    [REASON_INPUT_REPLACED] = {"input-replaced", "what it reads is made anew"},
    [REASON_MOVED] = {"moved", "it is declared under another name"},
    [REASON_REMOVED] = {"removed", "it is no longer declared"},
    [REASON_NOT_MARKED] = {"not-marked", "it is there and not marked as ours"},
};

static const struct {
    const char *text, *sign;
} actions[ACTIONS] = {
    [ACTION_NONE] = {"unchanged", "="},
    [ACTION_CREATE] = {"create", "+"},
    [ACTION_ALTER] = {"alter", "~"},
    [ACTION_REINITIALIZE] = {"reinitialize", "!"},
    [ACTION_REPLACE] = {"replace", "\xc2\xb1"},
    [ACTION_RENAME] = {"rename", ">"},
    [ACTION_DROP] = {"drop", "-"},
    [ACTION_ADOPT] = {"adopt", "^"},
};

static const struct {
    const char *code, *text;
} effects[DATA_EFFECTS] = {
    [DATA_NONE] = {"none", "holds no rows"},
    [DATA_NEW] = {"new", "filled by this apply"},
    [DATA_EMPTY] = {"empty", "made empty"},
    [DATA_KEPT] = {"kept", "rows are kept"},
    [DATA_MUTABLE_REGION] = {"mutable-region",
                             "rows outside of the frozen region are computed anew"},
    [DATA_REINITIALIZED] = {"reinitialized", "all rows are computed anew by this apply"},
    [DATA_LOST] = {"lost", "all rows are lost"},
    [DATA_NEXT_REFRESH] = {"next-refresh", "up to date after the next refresh"},
};

const char *reason_code(enum reason reason)
{
    return reasons[reason].code;
}

const char *reason_text(enum reason reason)
{
    return reasons[reason].text;
}

const char *action_text(enum action_kind kind)
{
    return actions[kind].text;
}

const char *action_sign(enum action_kind kind)
{
    return actions[kind].sign;
}

const char *data_code(enum data_effect data)
{
    return effects[data].code;
}

const char *data_text(enum data_effect data)
{
    return effects[data].text;
}

bool action_from_text(const char *text, enum action_kind *kind)
{
    for (int i = 0; text && i < ACTIONS; i++) {
        if (strcmp(text, actions[i].text) == 0) {
            *kind = (enum action_kind)i;
            return true;
        }
    }
    return false;
}

bool data_from_code(const char *text, enum data_effect *data)
{
    for (int i = 0; text && i < DATA_EFFECTS; i++) {
        if (strcmp(text, effects[i].code) == 0) {
            *data = (enum data_effect)i;
            return true;
        }
    }
    return false;
}

bool reason_from_code(const char *text, enum reason *reason)
{
    for (int i = 0; text && i < REASONS; i++) {
        if (strcmp(text, reasons[i].code) == 0) {
            *reason = (enum reason)i;
            return true;
        }
    }
    return false;
}
