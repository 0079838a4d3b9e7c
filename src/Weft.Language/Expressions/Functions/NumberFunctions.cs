using System.Globalization;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Arithmetic by name, rounding, and numbers out of texts.</summary>
internal static class NumberFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("add", "numbers…", "The sum of its arguments.", a => Fold(a, BinaryOperator.Add)) { Aliases = ["addf"] },
        new("add1", "number", "One more.", a => Arithmetic.Apply(a.Context, BinaryOperator.Add, a.Number(0), Value.Of(1))),
        new("sub", "left, right", "left - right.",
            a => Arithmetic.Apply(a.Context, BinaryOperator.Subtract, a.Number(0), a.Number(1))) { Aliases = ["subf"] },
        new("mul", "numbers…", "The product of its arguments.", a => Fold(a, BinaryOperator.Multiply)) { Aliases = ["mulf"] },
        new("div", "left, right", "left / right; of whole numbers, the whole part.", Divide),
        new("divf", "left, right", "left / right.", a => Arithmetic.Apply(a.Context, BinaryOperator.Divide, a.Number(0), a.Number(1))),
        new("mod", "left, right", "The remainder of left / right, with the sign of right.",
            a => Arithmetic.Apply(a.Context, BinaryOperator.Remainder, a.Number(0), a.Number(1))),
        new("pow", "base, exponent", "The power.", a => Arithmetic.Apply(a.Context, BinaryOperator.Power, a.Number(0), a.Number(1))),
        new("sqrt", "number", "The square root.", a => Arithmetic.Finite(a.Context, Math.Sqrt(a.Number(0).AsDouble))),
        new("log", "number, base?", "The logarithm, natural or to a base.",
            a => Arithmetic.Finite(
                a.Context, a.Has(1) ? Math.Log(a.Number(0).AsDouble, a.Number(1).AsDouble) : Math.Log(a.Number(0).AsDouble))),
        new("abs", "number", "Without its sign.",
            a => a.Number(0).AsDouble < 0 ? Arithmetic.Apply(a.Context, BinaryOperator.Subtract, Value.Of(0), a.Number(0)) : a.Number(0)),
        new("round", "number, precision?, method?",
            "Rounded to `precision` (0) digits; `method` is `common` (half away from zero), `ceil` or `floor`.", Round),
        new("ceil", "number", "The next whole number upwards.", a => Whole(a, Math.Ceiling)),
        new("floor", "number", "The next whole number downwards.", a => Whole(a, Math.Floor)),
        new("int", "value, default?", "As a whole number: texts are read, fractions cut off. What is no number is `default`, or an error.",
            ToInteger) { Aliases = ["int64", "atoi", "toInt"] },
        new("float", "value, default?", "As a number. What is none is `default`, or an error.",
            ToFloat) { Aliases = ["float64", "number", "to_number", "toFloat"] },
        new("filesizeformat", "bytes, binary?", "As people read sizes: `1.5 MB`, or with `binary` `1.4 MiB`.",
            a => Value.Of(FileSize(a.Number(0).AsDouble, a.Flag(1)))),
    ];

    /// <summary>The number that a text spells, or null.</summary>
    public static Value? Parse(string text)
    {
        var trimmed = text.Trim();
        return long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? Value.Of(integer)
            : double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? Value.Of(number)
            : null;
    }

    private static Value Fold(Arguments a, BinaryOperator operation)
    {
        // 'xs | add' would be a sum; a lone list is taken as the arguments.
        var items = a is { Count: 1 } && a[0].IsList ? a.Items(0) : a.All;
        var total = Value.Of(operation == BinaryOperator.Add ? 0L : 1L);
        foreach (var item in items)
        {
            total = item.IsNumber ? Arithmetic.Apply(a.Context, operation, total, item) : throw a.Wrong(0, "numbers");
        }

        return total;
    }

    private static Value Divide(Arguments a)
    {
        var (left, right) = (a.Number(0), a.Number(1));
        if (left.Kind != ValueKind.Integer || right.Kind != ValueKind.Integer || right.AsInteger is 0 or -1)
        {
            return Arithmetic.Apply(a.Context, BinaryOperator.Divide, left, right);
        }

        return Value.Of(left.AsInteger / right.AsInteger);
    }

    private static Value Round(Arguments a)
    {
        var number = a.Number(0);
        var digits = (int)Math.Clamp(a.Integer(1, 0), -15, 15);
        var method = a.Text(2, "common");
        if (number.Kind == ValueKind.Integer && digits >= 0)
        {
            return number;
        }

        var scale = (decimal)Math.Pow(10, Math.Abs(digits));
        if (Math.Abs(number.AsDouble) > 1e12)
        {
            return number;
        }

        // In decimal, so that 2.675 rounds as it is written.
        var exact = (decimal)number.AsDouble;
        var scaled = digits >= 0 ? exact * scale : exact / scale;
        var rounded = method switch
        {
            "common" => Math.Round(scaled, MidpointRounding.AwayFromZero),
            "ceil" => Math.Ceiling(scaled),
            "floor" => Math.Floor(scaled),
            _ => throw a.Fault($"'round' rounds by common, ceil or floor, not '{method}'."),
        };
        return Value.Of((double)(digits >= 0 ? rounded / scale : rounded * scale));
    }

    private static Value Whole(Arguments a, Func<double, double> round)
    {
        var number = a.Number(0);
        return number.Kind == ValueKind.Integer ? number : WholeOf(round(number.AsDouble));
    }

    private static Value WholeOf(double number) => Math.Abs(number) < 9e18 ? Value.Of((long)number) : Value.Of(number);

    private static Value ToInteger(Arguments a)
    {
        var value =
            a[0].IsText ? Parse(a[0].AsText) : a[0].IsNumber ? a[0] : a[0].Kind == ValueKind.Boolean ? Value.Of(a[0].AsInteger) : null;
        return value is { } number
            ? number.Kind == ValueKind.Integer ? number : WholeOf(Math.Truncate(number.AsDouble))
            : a.Has(1) ? a[1] : throw a.Wrong(0, "a number, or text that is one,");
    }

    private static Value ToFloat(Arguments a)
    {
        var value =
            a[0].IsText ? Parse(a[0].AsText) : a[0].IsNumber ? a[0] : a[0].Kind == ValueKind.Boolean ? Value.Of(a[0].AsInteger) : null;
        return value is { } number ? Value.Of(number.AsDouble) : a.Has(1) ? a[1] : throw a.Wrong(0, "a number, or text that is one,");
    }

    private static string FileSize(double bytes, bool isBinary)
    {
        var step = isBinary ? 1024.0 : 1000.0;
        string[] units = isBinary ? ["Bytes", "KiB", "MiB", "GiB", "TiB", "PiB"] : ["Bytes", "kB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        while (Math.Abs(bytes) >= step && unit < units.Length - 1)
        {
            bytes /= step;
            unit++;
        }

        return unit == 0 ? $"{ValueText.OfNumber(bytes)} {(bytes == 1 ? "Byte" : "Bytes")}"
            : $"{bytes.ToString("F1", CultureInfo.InvariantCulture)} {units[unit]}";
    }
}
