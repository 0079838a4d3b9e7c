using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A call of a function, whatever notation wrote it: the arguments are in the function's own order.</summary>
/// <param name="function">What is called.</param>
/// <param name="arguments">One per parameter; null where one in the middle was left out.</param>
/// <param name="offset">Where the name is written.</param>
internal sealed class CallExpr(Function function, Expr?[] arguments, int offset)
    : Expr(offset, 1 + arguments.Select(x => x?.Depth ?? 0).DefaultIfEmpty().Max())
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var values = arguments.Length == 0 ? [] : new Value[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = arguments[i]?.Evaluate(context) ?? default;
            if (value.Kind == ValueKind.Undefined && !function.IsTolerant)
            {
                if (!context.IsStrict)
                {
                    return value;
                }

                context.Require(value);
            }

            values[i] = value;
        }

        context.At = Offset;
        return function.Invoke(context, values);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Functions.Add(function.Name);
        if (function.Name == "validateSchema" && arguments is [_, LiteralExpr { Value.IsText: true } name, ..])
        {
            analysis.Schemas.Add(name.Value.AsText);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            if (function.IsTolerant)
            {
                analysis.Tolerantly(arguments[i]);
            }
            else
            {
                arguments[i]?.Analyze(analysis);
            }
        }
    }
}
