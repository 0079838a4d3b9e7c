using System.Text.Json.Nodes;
using Weft.Workflows.Expressions.Functions;
using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Syntax;

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

/// <summary><c>x is defined</c>, <c>x is not divisibleby 3</c></summary>
internal sealed class TestExpr(ValueTest test, Expr operand, Expr[] arguments, bool isNegated, int offset)
    : Expr(offset, 1 + Math.Max(operand.Depth, arguments.Select(x => x.Depth).DefaultIfEmpty().Max()))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        if (!test.IsTolerant)
        {
            value = context.Require(value);
        }

        var values = new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = context.Require(arguments[i].Evaluate(context));
        }

        context.At = Offset;
        return Value.Of(test.Holds(context, value, values) != isNegated);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        if (test.IsTolerant)
        {
            analysis.Tolerantly(operand);
        }
        else
        {
            operand.Analyze(analysis);
        }

        foreach (var argument in arguments)
        {
            argument.Analyze(analysis);
        }
    }
}

/// <summary><c>tools.billing.get_status(x)</c></summary>
internal sealed class ToolCallExpr(string[] names, Expr[] arguments, int offset)
    : Expr(offset, 1 + arguments.Select(x => x.Depth).DefaultIfEmpty().Max())
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        if (context.Scope.Services.CallTool is not { } call)
        {
            throw context.Fault(
                TemplateErrorCodes.Unavailable,
                $"The call of tools.{string.Join('.', names)} is not available here: tools are called from the prompts and parameters of a node, never where a workflow decides.",
                Offset);
        }

        var values = new JsonArray();
        foreach (var argument in arguments)
        {
            values.Add(ValueNodes.ToNode(context.Require(argument.Evaluate(context)), context.Budget));
        }

        context.At = Offset;
        return Value.FromNode(call(names, values));
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tools.Add(string.Join('.', names));
        foreach (var argument in arguments)
        {
            argument.Analyze(analysis);
        }
    }
}

/// <summary><c>[x.name for x in xs if x.ok]</c>, and the same as the argument of <c>any</c> or <c>sum</c>.</summary>
internal sealed class ComprehensionExpr(Expr element, LoopTarget target, Expr iterable, Expr? condition, int offset)
    : Expr(offset, 1 + Math.Max(element.Depth, Math.Max(iterable.Depth, condition?.Depth ?? 0)))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var results = new List<Value>();
        foreach (var item in Iteration.Items(context, iterable.Evaluate(context), iterable.Offset))
        {
            context.Turn();
            target.Assign(context, item);
            if (condition is null || context.IsTrue(condition.Evaluate(context)))
            {
                results.Add(Stored.Checked(context, element.Evaluate(context), element.Offset));
            }
        }

        target.Clear(context);
        context.At = Offset;
        return Value.Of(results);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        iterable.Analyze(analysis);
        element.Analyze(analysis);
        if (condition is not null)
        {
            analysis.Tolerantly(condition);
        }
    }
}

/// <summary>The names that a loop gives its items: one, or several that take a list apart.</summary>
internal sealed class LoopTarget(int[] slots, int offset)
{
    public void Assign(RenderContext context, Value item)
    {
        if (slots.Length == 1)
        {
            context.Locals[slots[0]] = item;
            return;
        }

        if (!item.IsList || item.Count != slots.Length)
        {
            throw context.Fault(
                TemplateErrorCodes.Type,
                $"The loop takes {slots.Length} values of each item, but an item is {item.KindName}{(item.IsList ? $" of {item.Count}" : "")}. Use .items() to loop over an object's names and values.",
                offset);
        }

        for (var i = 0; i < slots.Length; i++)
        {
            context.Locals[slots[i]] = item.ItemAt(i);
        }
    }

    public void Clear(RenderContext context)
    {
        foreach (var slot in slots)
        {
            context.Locals[slot] = default;
        }
    }
}

/// <summary>What a loop goes over.</summary>
internal static class Iteration
{
    /// <summary>A list's items, an object's names, a text's characters; null has none.</summary>
    public static Value[] Items(RenderContext context, Value value, int offset)
    {
        value = context.Require(value);
        switch (value.Kind)
        {
            case ValueKind.Array:
                context.AllowItems(value.Count);
                return value.ToItems();
            case ValueKind.Object:
                context.AllowItems(value.Count);
                return [.. value.MemberNames().Select(Value.Of)];
            case ValueKind.String:
                context.RefuseSecret(value);
                context.AllowItems(value.AsText.Length);
                return [.. CodePoints.Split(value.AsText).Select(Value.Of)];
            case ValueKind.Null:
                return [];
            default:
                throw context.Fault(TemplateErrorCodes.Type, $"A loop goes over a list, an object or a text, not {value.KindName}.", offset);
        }
    }
}
