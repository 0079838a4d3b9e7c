using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Defaults, choices, comparisons by name, and types.</summary>
internal static class LogicFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("default", "value, other, boolean?",
            "`other` where the value is missing or null; with `boolean`, also where it is empty or false. In the Go form (`default \"x\" "
            + ".a`), where it is missing, null, empty, zero or false.", a => Default(a, a.Flag(2)))
            { Aliases = ["d"], IsTolerant = true, PassesSecrets = true, InGo = "defaultEmpty" },
        new("defaultEmpty", "value, other", "The Go form of `default`.", a => Default(a, true))
            { IsTolerant = true, PassesSecrets = true, Order = GoOrder.ValueLast, IsHidden = true },
        new("coalesce", "values…", "The first value that is not missing, null, empty, zero or false; else null.",
            a => First(a, x => x.IsTruthy))
            { IsTolerant = true, PassesSecrets = true },
        new("notNull", "values…", "The first value that is neither missing nor null; else null.", a => First(a, x => !x.IsNothing))
            { Aliases = ["not_null"], IsTolerant = true, PassesSecrets = true },
        new("ternary", "condition, then, else", "`then` where the condition is true, else `else`. Go form: `ternary then else condition`.",
            a => a[0].IsTruthy ? a[1] : a[2])
            { IsTolerant = true, PassesSecrets = true, Order = GoOrder.ValueLast },
        new("empty", "value", "Whether the value is missing, null, empty, zero or false.",
            a => Value.Of(!a[0].IsTruthy)) { IsTolerant = true, PassesSecrets = true },
        new("required", "value, message?",
            "The value; an error with the message where it is missing or null. Go form: `required message value`.", Required)
            { IsTolerant = true, PassesSecrets = true, Order = GoOrder.ValueLast },
        new("fail", "message", "An error with that message.", a => throw a.Fault(a.Text(0), TemplateErrorCodes.Failed)),
        new("eq", "left, right…", "Whether the first equals any of the others.",
            a => Value.Of(a.All.Skip(1).Any(x => ValueOrder.Same(a[0], x, a.Context.Budget))))
            {
                Aliases = ["equalto"],
                PassesSecrets = true,
            },
        new("ne", "left, right", "Whether they differ.", a => Value.Of(!ValueOrder.Same(a[0], a[1], a.Context.Budget))),
        new("lt", "left, right", "Whether left < right.", a => Value.Of(BinaryExpr.Compare(a.Context, a[0], a[1]) is < 0)),
        new("le", "left, right", "Whether left <= right.", a => Value.Of(BinaryExpr.Compare(a.Context, a[0], a[1]) is <= 0)),
        new("gt", "left, right", "Whether left > right.", a => Value.Of(BinaryExpr.Compare(a.Context, a[0], a[1]) is > 0)),
        new("ge", "left, right", "Whether left >= right.", a => Value.Of(BinaryExpr.Compare(a.Context, a[0], a[1]) is >= 0)),
        new("any", "values", "Whether any item is true.", a => Value.Of(Array.Exists(a.Items(0), x => x.IsTruthy))),
        new("all", "values", "Whether every item is true.", a => Value.Of(Array.TrueForAll(a.Items(0), x => x.IsTruthy))),
        new("bool", "value", "Whether the value is true; the texts false, no, off and 0 are false.",
            a => Value.Of(Truth(a[0]))) { Aliases = ["toBool"] },
        new("kindOf", "value", "The kind of the value: null, boolean, number, string, array or object.",
            a => Value.Of(Kind(a[0]))) { Aliases = ["type", "typeOf", "kind_of"], IsTolerant = true },
        new("kindIs", "kind, value", "Whether the value is of that kind.", a => Value.Of(Kind(a[1]) == a.Text(0))) { Aliases = ["typeIs"] },
    ];

    /// <summary>The name of a kind, as JSON Schema and JMESPath have it.</summary>
    public static string Kind(Value value) => value.Kind switch
    {
        ValueKind.Boolean => "boolean",
        ValueKind.Integer or ValueKind.Number => "number",
        ValueKind.String => "string",
        ValueKind.Array => "array",
        ValueKind.Object or ValueKind.Namespace => "object",
        _ => "null",
    };

    /// <summary>Whether a text is a word for false, or empty.</summary>
    public static bool IsFalseWord(string text) =>
        text.Trim().ToLowerInvariant() is "" or "false" or "no" or "off" or "0" or "none" or "null";

    private static bool Truth(Value value) => value.IsText ? !IsFalseWord(value.AsText) : value.IsTruthy;

    private static Value Default(Arguments a, bool alsoEmpty)
    {
        var value = a[0];
        if (value.IsText && SecretPlaceholders.IsMark(value.AsText))
        {
            // Whether a secret is set shows only where it is put in: the default goes along.
            return SecretPlaceholders.WithDefault(value.AsText, a.Context.TextOf(a[1])) is { } mark
                ? Value.Of(mark)
                : throw a.Fault("A secret has one default, and that is no secret itself.", TemplateErrorCodes.Secret);
        }

        return value.IsNothing || (alsoEmpty && !value.IsTruthy) ? a[1] : value;
    }

    private static Value First(Arguments a, Predicate<Value> isWanted)
    {
        var found = Array.Find(a.All, isWanted);
        return found.Kind == ValueKind.Absent ? Value.Null : found;
    }

    private static Value Required(Arguments a) => a[0].IsNothing
        ? throw a.Fault(a.Text(1, "A required value is missing."), TemplateErrorCodes.Failed)
        : a[0];
}
