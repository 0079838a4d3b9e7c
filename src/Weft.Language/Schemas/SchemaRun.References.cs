using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The keywords that lead to another schema for the same value.</summary>
internal sealed partial class SchemaRun
{
    private void CheckReferences(JsonObject rules, JsonNode? value, Evaluated? seen)
    {
        if (SchemaKeywords.Text(rules, "$ref") is { } reference)
        {
            Follow(reference, _resources.Find(reference, _entered[^1]), value, seen);
        }

        if (SchemaKeywords.Text(rules, "$dynamicRef") is { } dynamic)
        {
            var target = _resources.Find(dynamic, _entered[^1]);
            if (target?.DynamicAnchor is { } anchor && _entered.Find(x => x.DynamicAnchors.ContainsKey(anchor)) is { } outermost)
            {
                target = new SchemaTarget(outermost.DynamicAnchors[anchor], outermost, anchor);
            }

            Follow(dynamic, target, value, seen);
        }
    }

    private void Follow(string reference, SchemaTarget? target, JsonNode? value, Evaluated? seen)
    {
        if (target is null)
        {
            Fault($"its schema refers to '{reference}', which is not there");
            return;
        }

        _entered.Add(target.Resource);
        Check(target.Schema, value, seen);
        _entered.RemoveAt(_entered.Count - 1);
    }
}
