namespace Weft.Language.Expressions.Jmes;

/// <summary>Finds which members of the document an expression reads.</summary>
internal static class JmesRoots
{
    /// <summary>The names, in source order; null when it may read any.</summary>
    public static IReadOnlyList<string>? Of(JmesNode node)
    {
        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        return Walk(node, names) ? [.. names.Keys] : null;
    }

    // False when the document as a whole is read.
    private static bool Walk(JmesNode node, OrderedDictionary<string, bool> names)
    {
        switch (node)
        {
            case CurrentNode:
                return false;
            case FieldNode field:
                names.TryAdd(field.Name, true);
                return true;
            case ThenNode { Left: CurrentNode } then:
                return Walk(then.Right, names);
            case ThenNode then:
                return Walk(then.Left, names);
            case ProjectionNode projection:
                return Walk(projection.Left, names);
            case FlattenNode flatten:
                return Walk(flatten.Operand, names);
            case NotNode not:
                return Walk(not.Operand, names);
            case LogicNode logic:
                return Walk(logic.Sides.Left, names) & Walk(logic.Sides.Right, names);
            case CompareNode compare:
                return Walk(compare.Sides.Left, names) & Walk(compare.Sides.Right, names);
            case MultiListNode list:
                return list.Items.Aggregate(true, (known, x) => Walk(x, names) & known);
            case MultiObjectNode map:
                return map.Members.Aggregate(true, (known, x) => Walk(x.Value, names) & known);
            case LetNode let:
                return let.Parts.Bindings.Aggregate(true, (known, x) => Walk(x.Value, names) & known) & Walk(let.Parts.Body, names);
            case FunctionNode function:
                return function.Arguments.Where(x => x is not ExpressionNode).Aggregate(true, (known, x) => Walk(x, names) & known);
            default:
                return true;
        }
    }
}
