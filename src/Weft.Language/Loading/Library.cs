using System.Text.Json.Nodes;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>The named parts of a file: schemas, models, tools, agents. What is written out in place gets a name here, too.</summary>
internal sealed partial class Library
{
    private static readonly string[] BuiltInProfiles = ["fast", "balanced", "powerful", "custom"];

    private readonly LoadContext _context;
    private readonly Dictionary<string, JsonObject> _schemas = [];
    private readonly IReadOnlyDictionary<string, string> _profiles;

    public Library(LoadContext context)
    {
        _context = context;
        _profiles = context.Root.TextMap("llm_profiles");
        foreach (var (_, value) in context.Root.Map("llm_profiles")?.Entries ?? [])
        {
            if (value is SourceScalar scalar && !BuiltInProfiles.Contains(scalar.Text))
            {
                Bag.Error(DiagnosticCodes.UnknownProfile, scalar,
                    $"'{scalar.Text}' is not a profile.{NearMiss.HintOrList(scalar.Text, BuiltInProfiles, "Profiles")}");
            }
        }

        ReadSchemas(context.Root.Value("schemas"));
        ReadModels();
        ReadTools();
        ReadAgents();
    }

    public IReadOnlyDictionary<string, JsonObject> Schemas => _schemas;

    public IReadOnlyDictionary<string, string> Profiles => _profiles;

    private DiagnosticBag Bag => _context.Bag;

    /// <summary>A schema: written out, or named by its id.</summary>
    public JsonObject? Schema(SourceMap owner, string key)
    {
        switch (owner.Value(key))
        {
            case SourceMap map:
                return map.ToJsonObject();
            case SourceScalar name:
                return Schema(name.Text, name);
            default:
                return null;
        }
    }

    /// <summary>The schema of an id, the file's own or the project's; reports when there is none.</summary>
    public JsonObject? Schema(string id, SourceNode at)
    {
        if (!_schemas.TryGetValue(id, out var schema))
        {
            var shared = _context.Options.Project?.Schemas;
            if (shared?.TryGetValue(id, out schema) != true)
            {
                Bag.Error(
                    DiagnosticCodes.UnknownSchema, at,
                    $"No schema has the id '{id}'.{NearMiss.HintOrList(id, _schemas.Keys.Concat(shared?.Keys ?? []), "Known schemas")}");
                return null;
            }

            _schemas[id] = schema!; // found just now
        }

        return (JsonObject)schema!.DeepClone(); // found in one of the two
    }

    /// <summary>A profile's name, checked.</summary>
    public string? Profile(SourceMap owner, string key)
    {
        if (owner.Scalar(key) is not { } name)
        {
            return null;
        }

        if (!BuiltInProfiles.Contains(name.Text) && !_profiles.ContainsKey(name.Text))
        {
            Bag.Error(
                DiagnosticCodes.UnknownProfile,
                name,
                $"'{name.Text}' is neither a profile nor a name of "
                + $"'llm_profiles'.{NearMiss.HintOrList(name.Text, BuiltInProfiles.Concat(_profiles.Keys), "Known")}");
        }

        return name.Text;
    }

    /// <summary>Reports an id that is taken, and says whether it is free.</summary>
    public static bool Claim(Dictionary<string, SourceNode> taken, SourceScalar id, string what, DiagnosticBag bag)
    {
        if (taken.TryAdd(id.Text, id))
        {
            return true;
        }

        var first = taken[id.Text];
        var where = string.Equals(first.File.Name, id.File.Name, StringComparison.Ordinal) ? $"in line {first.Line}"
            : $"in {first.File.Name}:{first.Line}";
        bag.Error(DiagnosticCodes.DuplicateId, id, $"Another {what} has the id '{id.Text}' already, {where}. Give each its own.");
        return false;
    }

    private void ReadSchemas(SourceNode? section)
    {
        var taken = new Dictionary<string, SourceNode>();
        switch (section)
        {
            case SourceMap map:
                foreach (var (key, value) in map.Entries)
                {
                    if (value is SourceMap schema)
                    {
                        AddSchema(key.Text, schema);
                    }
                }

                break;
            case SourceList list:
                foreach (var schema in list.Items.OfType<SourceMap>())
                {
                    if (schema.Scalar("id") is not { } id)
                    {
                        Bag.Error(DiagnosticCodes.Missing, schema, "A schema needs 'id'.");
                    }
                    else if (Claim(taken, id, "schema", Bag))
                    {
                        AddSchema(id.Text, schema);
                    }
                }

                break;
        }
    }

    private void AddSchema(string id, SourceMap schema)
    {
        SchemaCheck.Check(schema, Bag);
        var json = schema.ToJsonObject();
        json.Remove("id");
        json.Remove("resource");
        _schemas[id] = json;
    }
}
