using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>Arithmetic by Python's rules; whole numbers that leave 64 bits go on as floating-point ones.</summary>
internal static class Arithmetic
{
    private static readonly string[] Signs = ["+", "-", "*", "/", "//", "%", "**"];

    public static Value Apply(RenderContext context, BinaryOperator operation, Value a, Value b)
    {
        if (a.Kind == ValueKind.Boolean)
        {
            a = Value.Of(a.AsInteger);
        }

        if (b.Kind == ValueKind.Boolean)
        {
            b = Value.Of(b.AsInteger);
        }

        if (!a.IsNumber || !b.IsNumber)
        {
            return Sequences(context, operation, a, b);
        }

        if (operation is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Remainder && b.AsDouble == 0)
        {
            throw context.Fault(TemplateErrorCodes.Type, "Division by zero.");
        }

        return a.Kind == ValueKind.Integer && b.Kind == ValueKind.Integer && TryExact(operation, a.AsInteger, b.AsInteger, out var exact)
            ? Value.Of(exact)
            : Finite(context, Floating(operation, a.AsDouble, b.AsDouble));
    }

    /// <summary>Refuses infinity and not-a-number, which JSON can't hold.</summary>
    public static Value Finite(RenderContext context, double number) => double.IsFinite(number)
        ? Value.Of(number)
        : throw context.Fault(TemplateErrorCodes.Type, "The result is not a finite number.");

    private static Value Sequences(RenderContext context, BinaryOperator operation, Value a, Value b)
    {
        switch (operation)
        {
            case BinaryOperator.Add when a.IsText && b.IsText:
                context.AllowText((long)a.AsText.Length + b.AsText.Length);
                return Value.Of(a.AsText + b.AsText);
            case BinaryOperator.Add when a.IsList && b.IsList:
                context.AllowItems((long)a.Count + b.Count);
                return Value.Of(new ListValue([.. a.ToItems(), .. b.ToItems()]));
            case BinaryOperator.Multiply when a.IsText && b.Kind == ValueKind.Integer:
                return Repeat(context, a.AsText, b.AsInteger);
            case BinaryOperator.Multiply when b.IsText && a.Kind == ValueKind.Integer:
                return Repeat(context, b.AsText, a.AsInteger);
            case BinaryOperator.Multiply when a.IsList && b.Kind == ValueKind.Integer:
                context.AllowItems(Math.Max(a.Count, 1) * Math.Clamp(b.AsInteger, 0, int.MaxValue));
                return Value.Of(new ListValue([.. Enumerable.Repeat(a.ToItems(), (int)Math.Max(b.AsInteger, 0)).SelectMany(x => x)]));
            default:
                var hint = operation == BinaryOperator.Add && (a.IsText || b.IsText) ? " Join texts with ~." : "";
                throw context.Fault(
                    TemplateErrorCodes.Type, $"'{Signs[(int)operation]}' does not work on {a.KindName} and {b.KindName}.{hint}");
        }
    }

    public static Value Repeat(RenderContext context, string text, long count)
    {
        var times = Math.Clamp(count, 0, int.MaxValue);
        context.AllowText(text.Length * times);
        return Value.Of(text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text, (int)times)));
    }

    private static bool TryExact(BinaryOperator operation, long a, long b, out long result)
    {
        result = 0;
        switch (operation)
        {
            case BinaryOperator.Add:
                result = unchecked(a + b);
                return ((a ^ result) & (b ^ result)) >= 0;
            case BinaryOperator.Subtract:
                result = unchecked(a - b);
                return ((a ^ b) & (a ^ result)) >= 0;
            case BinaryOperator.Multiply:
                var product = (Int128)a * b;
                result = unchecked((long)product);
                return result == product;
            case BinaryOperator.Divide:
                return !(a == long.MinValue && b == -1) && a % b == 0 && (result = a / b) == result;
            case BinaryOperator.FloorDivide:
                if (a == long.MinValue && b == -1)
                {
                    return false;
                }

                result = (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
                return true;
            case BinaryOperator.Remainder:
                result = b == -1 ? 0 : a % b;
                result += result != 0 && (result < 0) != (b < 0) ? b : 0;
                return true;
            case BinaryOperator.Power:
                return TryPower(a, b, out result);
            default:
                return false;
        }
    }

    private static bool TryPower(long number, long exponent, out long result)
    {
        result = 1;
        if (exponent is < 0 or > 64)
        {
            return false;
        }

        for (var i = 0; i < exponent; i++)
        {
            if (!TryExact(BinaryOperator.Multiply, result, number, out result))
            {
                return false;
            }
        }

        return true;
    }

    private static double Floating(BinaryOperator operation, double a, double b) => operation switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.FloorDivide => Math.Floor(a / b),
        BinaryOperator.Remainder => a - (Math.Floor(a / b) * b),
        _ => Math.Pow(a, b),
    };
}
