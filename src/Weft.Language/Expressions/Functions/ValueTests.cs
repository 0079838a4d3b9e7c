using System.Collections.Frozen;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>The tests behind <c>is</c>, which <c>select</c> and its kin take by name.</summary>
internal static class ValueTests
{
    public static IReadOnlyList<ValueTest> All { get; } =
    [
        new("defined", "The path leads to a value, null included.", 0, (_, x, _) => !x.IsMissing, IsTolerant: true),
        new("undefined", "The path leads to nothing.", 0, (_, x, _) => x.IsMissing, IsTolerant: true),
        new("none", "It is null or missing.", 0, (_, x, _) => x.IsNothing, IsTolerant: true),
        new("true", "It is `true`.", 0, (_, x, _) => x is { Kind: ValueKind.Boolean, AsBoolean: true }),
        new("false", "It is `false`.", 0, (_, x, _) => x is { Kind: ValueKind.Boolean, AsBoolean: false }),
        new("boolean", "It is `true` or `false`.", 0, (_, x, _) => x.Kind == ValueKind.Boolean),
        new("string", "It is a text.", 0, (_, x, _) => x.IsText),
        new("number", "It is a number.", 0, (_, x, _) => x.IsNumber),
        new("integer", "It is a number without fraction.", 0, (_, x, _) => x.IsNumber && x.AsDouble == Math.Floor(x.AsDouble)),
        new("float", "It is a number with a fraction.", 0, (_, x, _) => x.IsNumber && x.AsDouble != Math.Floor(x.AsDouble)),
        new("mapping", "It is an object.", 0, (_, x, _) => x.IsObject),
        new("sequence", "It is a list or a text.", 0, (_, x, _) => x.IsList || x.IsText),
        new("list", "It is a list.", 0, (_, x, _) => x.IsList),
        new("iterable", "A loop can go over it.", 0, (_, x, _) => x.IsList || x.IsText || x.IsObject),
        new("empty", "It is missing, null, empty, zero or false.", 0, (_, x, _) => !x.IsTruthy, IsTolerant: true),
        new("truthy", "It is true as a condition.", 0, (_, x, _) => x.IsTruthy, IsTolerant: true),
        new("even", "It is a whole number that 2 divides.", 0, (c, x, _) => Remainder(c, x, Value.Of(2)) == 0),
        new("odd", "It is a whole number that 2 does not divide.", 0, (c, x, _) => Remainder(c, x, Value.Of(2)) != 0),
        new("divisibleby", "The argument divides it.", 1, (c, x, a) => Remainder(c, x, a[0]) == 0),
        new("lower", "All its letters are small.", 0, (_, x, _) => x.IsText && !x.AsText.Any(char.IsUpper)),
        new("upper", "All its letters are capitals.", 0, (_, x, _) => x.IsText && !x.AsText.Any(char.IsLower)),
        new("eq", "It equals the argument.", 1, (c, x, a) => ValueOrder.Same(x, a[0], c.Budget)),
        new("ne", "It differs from the argument.", 1, (c, x, a) => !ValueOrder.Same(x, a[0], c.Budget)),
        new("lt", "It is less than the argument.", 1, (c, x, a) => BinaryExpr.Compare(c, x, a[0]) is < 0),
        new("le", "It is at most the argument.", 1, (c, x, a) => BinaryExpr.Compare(c, x, a[0]) is <= 0),
        new("gt", "It is greater than the argument.", 1, (c, x, a) => BinaryExpr.Compare(c, x, a[0]) is > 0),
        new("ge", "It is at least the argument.", 1, (c, x, a) => BinaryExpr.Compare(c, x, a[0]) is >= 0),
        new("in", "The argument contains it.", 1, (c, x, a) => Membership.Contains(c, a[0], x)),
        new("contains", "It contains the argument.", 1, (c, x, a) => Membership.Contains(c, x, a[0])),
        new("startswith", "It begins with the argument.", 1, (c, x, a) => c.TextOf(x).StartsWith(c.TextOf(a[0]), StringComparison.Ordinal)),
        new("endswith", "It ends with the argument.", 1, (c, x, a) => c.TextOf(x).EndsWith(c.TextOf(a[0]), StringComparison.Ordinal)),
        new("match", "It has a match of the pattern.", 1,
            (c, x, a) => FunctionTable.Find("regexMatch")!.Invoke(c, [x, a[0]]).IsTruthy), // the table holds it
    ];

    private static readonly (string Alias, string Name)[] Aliases =
    [
        ("None", "none"), ("null", "none"), ("nil", "none"), ("True", "true"), ("False", "false"), ("dict", "mapping"),
        ("object", "mapping"),
        ("array", "list"), ("==", "eq"), ("equalto", "eq"), ("sameas", "eq"), ("=", "eq"), ("!=", "ne"), ("<", "lt"), ("lessthan", "lt"),
        ("<=", "le"), (">", "gt"), ("greaterthan", "gt"), (">=", "ge"), ("int", "integer"),
    ];

    private static readonly FrozenDictionary<string, ValueTest> ByName = All
        .Select(x => (x.Name, Test: x))
        .Concat(Aliases.Select(x => (x.Alias, Test: All.First(y => y.Name == x.Name))))
        .ToFrozenDictionary(x => x.Item1, x => x.Test, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Select(x => x.Name);

    public static IEnumerable<string> AliasesOf(string name) => Aliases.Where(x => x.Name == name).Select(x => x.Alias);

    public static ValueTest? Find(string name) => ByName.GetValueOrDefault(name);

    private static double Remainder(RenderContext context, Value value, Value divisor) =>
        value.IsNumber && divisor.IsNumber
            ? Arithmetic.Apply(context, BinaryOperator.Remainder, value, divisor).AsDouble
            : throw context.Fault(
                TemplateErrorCodes.Type, $"Only numbers can be divided, not {(value.IsNumber ? divisor : value).KindName}.");
}
