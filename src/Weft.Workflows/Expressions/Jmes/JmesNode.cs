using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Jmes;

/// <summary>One evaluation: what it may still do, and the variables of <c>let</c>.</summary>
internal sealed class JmesContext(string source, WorkBudget budget)
{
    public string Source => source;

    public WorkBudget Budget => budget;

    public JmesVariables? Variables { get; set; }

    public JmesPathException Fault(string kind, string fault, int offset) => new(kind, fault, source, offset);
}

/// <summary>The variables in sight, innermost first.</summary>
internal sealed record JmesVariables(string Name, Value Value, JmesVariables? Outer);

/// <summary>A JMESPath expression, compiled.</summary>
internal abstract class JmesNode(int depth)
{
    /// <summary>Deeper trees are refused at parse time: evaluation recurses.</summary>
    public const int DeepestTree = 400;

    public int Depth => depth;

    public static bool IsTrue(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean,
        ValueKind.String => value.AsText.Length > 0,
        ValueKind.Array or ValueKind.Object => value.Count > 0,
        ValueKind.Integer or ValueKind.Number => true,
        _ => false,
    };

    public abstract Value Evaluate(JmesContext context, Value current);
}

internal sealed class CurrentNode() : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current) => current;
}

internal sealed class ConstantNode(Value value) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current) => value;
}

internal sealed class FieldNode(string name) : JmesNode(1)
{
    public string Name => name;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return current.TryGetMember(name, out var value) ? value : Value.Null;
    }
}

internal sealed class VariableNode(string name, int offset) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        for (var variable = context.Variables; variable is not null; variable = variable.Outer)
        {
            if (variable.Name == name)
            {
                return variable.Value;
            }
        }

        throw context.Fault("undefined-variable", $"The variable '${name}' is not defined here.", offset);
    }
}

/// <summary><c>left.right</c> and <c>left | right</c>: the right side sees what the left side found.</summary>
internal sealed class ThenNode(JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public JmesNode Left => left;

    public JmesNode Right => right;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return right.Evaluate(context, left.Evaluate(context, current));
    }
}

internal sealed class IndexNode(long index) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        if (!current.IsList)
        {
            return Value.Null;
        }

        var at = index < 0 ? index + current.Count : index;
        return at >= 0 && at < current.Count ? current.ItemAt((int)at) : Value.Null;
    }
}

internal sealed class SliceNode(long? start, long? stop, long step) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        if (!current.IsList)
        {
            return Value.Null;
        }

        var range = SliceRange.Of(current.Count, start, stop, step);
        context.Budget.Spend(1 + range.Count);
        var items = new Value[range.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = current.ItemAt(range.At(i));
        }

        return Value.Of(new ListValue(items));
    }
}

/// <summary><c>[]</c>: lists within the list dissolved, one level.</summary>
internal sealed class FlattenNode(JmesNode operand) : JmesNode(1 + operand.Depth)
{
    public JmesNode Operand => operand;

    public override Value Evaluate(JmesContext context, Value current)
    {
        var value = operand.Evaluate(context, current);
        if (!value.IsList)
        {
            return Value.Null;
        }

        var flat = new List<Value>();
        for (var i = 0; i < value.Count; i++)
        {
            var item = value.ItemAt(i);
            context.Budget.Spend(1 + (item.IsList ? item.Count : 0));
            if (item.IsList)
            {
                flat.AddRange(item.ToItems());
            }
            else
            {
                flat.Add(item);
            }
        }

        return Value.Of(flat);
    }
}

/// <summary>What a projection goes over.</summary>
internal enum ProjectionKind
{
    /// <summary>The items of a list.</summary>
    List,
    /// <summary>The values of an object.</summary>
    Object,
}

/// <summary><c>left[*].right</c>, <c>left.*.right</c>, <c>left[?filter].right</c>, <c>left[].right</c>, <c>left[a:b].right</c></summary>
internal sealed class ProjectionNode(ProjectionKind kind, JmesNode left, JmesNode right, JmesNode? filter = null)
    : JmesNode(1 + Math.Max(left.Depth, Math.Max(right.Depth, filter?.Depth ?? 0)))
{
    public JmesNode Left => left;

    /// <summary>Gets what is evaluated of the items, never of the document itself.</summary>
    public JmesNode Right => right;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        var value = left.Evaluate(context, current);
        IEnumerable<Value> items;
        if (kind == ProjectionKind.List && value.IsList)
        {
            items = value.ToItems();
        }
        else if (kind == ProjectionKind.Object && value.IsObject)
        {
            items = value.Members().Select(x => x.Value);
        }
        else
        {
            return Value.Null;
        }

        var results = new List<Value>();
        foreach (var item in items)
        {
            context.Budget.Spend();
            if (filter is not null && !IsTrue(filter.Evaluate(context, item)))
            {
                continue;
            }

            var result = right.Evaluate(context, item);
            if (!result.IsNothing)
            {
                results.Add(result);
            }
        }

        return Value.Of(results);
    }
}

internal sealed class LogicNode(JmesTokenKind operation, JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public (JmesNode Left, JmesNode Right) Sides => (left, right);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context, current);
        return IsTrue(a) == (operation == JmesTokenKind.And) ? right.Evaluate(context, current) : a;
    }
}

internal sealed class NotNode(JmesNode operand) : JmesNode(1 + operand.Depth)
{
    public JmesNode Operand => operand;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return Value.Of(!IsTrue(operand.Evaluate(context, current)));
    }
}

internal sealed class CompareNode(JmesTokenKind operation, JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public (JmesNode Left, JmesNode Right) Sides => (left, right);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context, current);
        var b = right.Evaluate(context, current);
        if (operation is JmesTokenKind.Equal or JmesTokenKind.NotEqual)
        {
            return Value.Of(ValueOrder.Same(a, b, context.Budget) == (operation == JmesTokenKind.Equal));
        }

        if (!a.IsNumber || !b.IsNumber)
        {
            return Value.Null;
        }

        ValueOrder.TryCompare(a, b, context.Budget, out var order);
        return Value.Of(operation switch
        {
            JmesTokenKind.Less => order < 0,
            JmesTokenKind.LessOrEqual => order <= 0,
            JmesTokenKind.Greater => order > 0,
            _ => order >= 0,
        });
    }
}

internal sealed class MultiListNode(JmesNode[] items) : JmesNode(1 + items.Max(x => x.Depth))
{
    public JmesNode[] Items => items;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(items.Length);
        return current.IsNothing ? Value.Null : Value.Of(new ListValue(Array.ConvertAll(items, x => x.Evaluate(context, current))));
    }
}

internal sealed class MultiObjectNode((string Name, JmesNode Value)[] members) : JmesNode(1 + members.Max(x => x.Value.Depth))
{
    public (string Name, JmesNode Value)[] Members => members;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(members.Length);
        if (current.IsNothing)
        {
            return Value.Null;
        }

        var map = new MapValue(members.Length);
        foreach (var (name, value) in members)
        {
            map[name] = value.Evaluate(context, current);
        }

        return Value.Of(map);
    }
}

internal sealed class LetNode((string Name, JmesNode Value)[] bindings, JmesNode body)
    : JmesNode(1 + Math.Max(body.Depth, bindings.Max(x => x.Value.Depth)))
{
    public ((string Name, JmesNode Value)[] Bindings, JmesNode Body) Parts => (bindings, body);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(bindings.Length);
        var outer = context.Variables;
        var inner = outer;
        foreach (var (name, value) in bindings)
        {
            inner = new JmesVariables(name, value.Evaluate(context, current), inner);
        }

        context.Variables = inner;
        var result = body.Evaluate(context, current);
        context.Variables = outer;
        return result;
    }
}
