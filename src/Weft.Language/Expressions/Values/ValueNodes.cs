using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

/// <summary>Makes JSON trees of values. Each tree is new, and the caller's own.</summary>
internal static class ValueNodes
{
    public static JsonNode? ToNode(Value value, WorkBudget budget)
    {
        budget.Spend();
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                return JsonValue.Create(value.AsBoolean);
            case ValueKind.Integer:
                return JsonValue.Create(value.AsInteger);
            case ValueKind.Number:
                return value.ExactNumber?.DeepClone() ?? Number(value.AsDouble);
            case ValueKind.String:
                return JsonValue.Create(value.AsText);
            case ValueKind.Array:
                var array = new JsonArray();
                for (var i = 0; i < value.Count; i++)
                {
                    array.Add(ToNode(value.ItemAt(i), budget));
                }

                return array;
            case ValueKind.Object:
                var json = new JsonObject();
                foreach (var (name, member) in value.Members())
                {
                    json[name] = ToNode(member, budget);
                }

                return json;
            default:
                return null;
        }
    }

    // A whole number that arithmetic made a double is whole on the wire too.
    private static JsonValue Number(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 9007199254740992
            ? JsonValue.Create((long)number)
            : JsonValue.Create(number);
}
