using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>One validation: walks schema and value together and collects the faults.</summary>
internal sealed partial class SchemaRun
{
    private readonly SchemaResources _resources;
    private readonly List<SchemaResource> _entered;
    private readonly List<(string? Name, int Index)> _place = [];
    private readonly KeywordGroups _known;
    private List<SchemaFault> _faults = [];
    private int _depth;
    private int _checks;

    private SchemaRun(JsonNode? schema, Func<string, JsonObject?>? named)
    {
        _resources = new SchemaResources(schema, named);
        _entered = [_resources.Given];
        _known = _resources.HasValidation() ? ~KeywordGroups.None : ~KeywordGroups.Validation;
    }

    public static IReadOnlyList<SchemaFault> Validate(JsonNode? schema, JsonNode? value, Func<string, JsonObject?>? named)
    {
        var run = new SchemaRun(schema, named);
        run.Check(schema, value, null);
        const int most = JsonSchemaValidator.MostChecks;
        return run._checks <= most
            ? run._faults
            : [new SchemaFault("", $"takes more than {most} checks of its schema; make the schema or the value smaller")];
    }

    /// <summary>Holds a value against a part of the schema, and keeps the faults.</summary>
    /// <param name="schema">The part.</param>
    /// <param name="value">The value.</param>
    /// <param name="seen">Hears which members or items of the value the part looks at; null: nobody asks.</param>
    private void Check(JsonNode? schema, JsonNode? value, Evaluated? seen)
    {
        if (schema is not JsonObject rules)
        {
            if (schema is JsonValue constant && constant.TryGetValue<bool>(out var allows) && !allows)
            {
                Fault("is not allowed here");
            }

            return;
        }

        if (rules.Count == 0 || _faults.Count >= JsonSchemaValidator.MostFaults || ++_checks > JsonSchemaValidator.MostChecks)
        {
            return;
        }

        if (_depth >= SchemaResources.DeepestNesting)
        {
            Fault($"is nested deeper than {SchemaResources.DeepestNesting} levels of the schema");
            return;
        }

        _depth++;
        var groups = SchemaKeywords.GroupsOf(rules) & _known;
        var entered = groups.HasFlag(KeywordGroups.Identity) ? _resources.Within(_entered[^1], rules) : _entered[^1];
        CheckIn(entered, rules, groups, value, seen);
        _depth--;
    }

    /// <summary>Checks while a resource is the innermost one that was entered.</summary>
    private void CheckIn(SchemaResource resource, JsonObject rules, KeywordGroups groups, JsonNode? value, Evaluated? seen)
    {
        var enters = !ReferenceEquals(resource, _entered[^1]);
        if (enters)
        {
            _entered.Add(resource);
        }

        CheckRules(rules, groups, value, seen);
        if (enters)
        {
            _entered.RemoveAt(_entered.Count - 1);
        }
    }

    private void CheckRules(JsonObject rules, KeywordGroups groups, JsonNode? value, Evaluated? seen)
    {
        var mine = groups.HasFlag(KeywordGroups.Unevaluated) ? new Evaluated() : seen;
        if (groups.HasFlag(KeywordGroups.Reference))
        {
            CheckReferences(rules, value, mine);
        }

        if (groups.HasFlag(KeywordGroups.AnyType))
        {
            CheckAnyType(rules, value);
        }

        if (groups.HasFlag(KeywordGroups.Combination))
        {
            CheckCombinations(rules, value, mine);
        }

        switch (value)
        {
            case JsonObject members when (groups & (KeywordGroups.Object | KeywordGroups.Unevaluated)) != KeywordGroups.None:
                CheckObject(rules, members, mine);
                break;
            case JsonArray items when (groups & (KeywordGroups.Array | KeywordGroups.Unevaluated)) != KeywordGroups.None:
                CheckArray(rules, items, mine);
                break;
            case JsonValue scalar when (groups & (KeywordGroups.Text | KeywordGroups.Format | KeywordGroups.Number)) != KeywordGroups.None:
                CheckScalar(rules, groups, scalar);
                break;
            default:
                break;
        }

        if (mine is not null && !ReferenceEquals(mine, seen))
        {
            seen?.Add(mine);
        }
    }

    private void Inside(string name, JsonNode? schema, JsonNode? value)
    {
        _place.Add((name, 0));
        Check(schema, value, null);
        _place.RemoveAt(_place.Count - 1);
    }

    private void Inside(int index, JsonNode? schema, JsonNode? value)
    {
        _place.Add((null, index));
        Check(schema, value, null);
        _place.RemoveAt(_place.Count - 1);
    }

    private void Fault(string message)
    {
        if (_faults.Count >= JsonSchemaValidator.MostFaults)
        {
            return;
        }

        var pointer = new StringBuilder();
        foreach (var (name, index) in _place)
        {
            pointer.Append('/').Append(name?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                ?? index.ToString(CultureInfo.InvariantCulture));
        }

        _faults.Add(new SchemaFault(pointer.ToString(), message));
    }
}
