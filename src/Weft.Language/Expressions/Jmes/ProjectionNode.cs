using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

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
