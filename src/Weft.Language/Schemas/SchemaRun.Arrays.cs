using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The keywords that ask about the items of a list.</summary>
internal sealed partial class SchemaRun
{
    private void CheckArray(JsonObject rules, JsonArray value, Evaluated? seen)
    {
        AtLeast(rules, "minItems", value.Count, "items");
        AtMost(rules, "maxItems", value.Count, "items");
        CheckItems(rules, value, seen);
        if (_known.HasFlag(KeywordGroups.Validation) && IsTrue(rules["uniqueItems"]))
        {
            var texts = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < value.Count; i++)
            {
                if (!texts.Add(CanonicalJson.Of(value[i])))
                {
                    _place.Add((null, i));
                    Fault("stands in the list already, and items must be unique");
                    _place.RemoveAt(_place.Count - 1);
                }
            }
        }

        if (rules.TryGetPropertyValue("contains", out var contains))
        {
            CheckContains(contains, rules, value, seen);
        }

        if (rules.TryGetPropertyValue("unevaluatedItems", out var unevaluated))
        {
            for (var i = 0; i < value.Count; i++)
            {
                if (seen is null || !seen.Has(i))
                {
                    Inside(i, unevaluated, value[i]);
                }
            }

            seen?.AddAll();
        }
    }

    private void CheckItems(JsonObject rules, JsonArray value, Evaluated? seen)
    {
        rules.TryGetPropertyValue("items", out var items);
        var first = rules["prefixItems"] as JsonArray ?? items as JsonArray;
        if (items is JsonArray)
        {
            rules.TryGetPropertyValue("additionalItems", out items);
        }

        for (var i = 0; i < value.Count; i++)
        {
            var schema = first is not null && i < first.Count ? first[i] : items;
            if (schema is not null)
            {
                Inside(i, schema, value[i]);
                seen?.Add(i);
            }
        }
    }

    private void CheckContains(JsonNode? contains, JsonObject rules, JsonArray value, Evaluated? seen)
    {
        var found = 0;
        for (var i = 0; i < value.Count; i++)
        {
            if (Fits(contains, value[i], null))
            {
                found++;
                seen?.Add(i);
            }
        }

        var least = _known.HasFlag(KeywordGroups.Validation) ? Number(rules["minContains"]) ?? 1 : 1;
        var most = _known.HasFlag(KeywordGroups.Validation) ? Number(rules["maxContains"]) ?? double.MaxValue : double.MaxValue;
        if (found < least || found > most)
        {
            Fault($"holds {found} items of the form that 'contains' asks for");
        }
    }
}
