using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Finds the files that a project brings in by pattern.</summary>
internal sealed class Autoload(SourceMap project, ProjectFiles files, DiagnosticBag bag)
{
    private static readonly string[] AlwaysLeftOut = ["**/.#*", "**/*~", "**/*.bak", "**/*.swp", "**/*.tmp", "**/._*"];

    private static readonly Dictionary<string, ObjectShape?> Kinds = new()
    {
        ["workflow"] = null,
        ["task"] = null,
        ["schema"] = null,
        ["project"] = null,
        ["agent"] = CommonShapes.Agent,
        ["tool"] = CommonShapes.Tool,
        ["mcp"] = CommonShapes.Mcp,
        ["memory"] = CommonShapes.MemoryDefinition,
        ["model"] = CommonShapes.Model,
        ["knowledge_base"] = null,
        ["embedder"] = null,
        ["vector_db"] = null,
    };

    private readonly Dictionary<string, List<SourceMap>> _found = [];

    /// <summary>Gets the shape of a kind's files; null: checked elsewhere or not at all.</summary>
    public static ObjectShape? ShapeOf(string kind) => Kinds.GetValueOrDefault(kind);

    /// <summary>Gets the paths of the workflows that were found.</summary>
    public List<string> Workflows { get; } = [];

    /// <summary>The mappings of the files that match, by kind, in the order of their paths.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SourceMap>> Find()
    {
        if (project.Map("autoload") is { } section && section.Bool("enabled") == true)
        {
            if (!section.Has("include"))
            {
                bag.Error(DiagnosticCodes.Missing, section, "'autoload' is on, and needs 'include': patterns of the files to load.");
            }

            var strict = section.Bool("strict") ?? true;
            var include = Patterns(section, "include");
            var exclude = Patterns(section, "exclude").Concat(AlwaysLeftOut.Select(p => GlobPattern.TryParse(p, out _)!)).ToList();
            var paths =
                files.List().Select(ProjectPath.Trim).Where(p => include.Exists(i => i.Matches(p)) && !exclude.Exists(e => e.Matches(p)));
            var taken = new Dictionary<string, SourceNode>();
            foreach (var path in paths.Distinct().Order(StringComparer.Ordinal))
            {
                Add(path, strict, taken);
            }
        }

        return _found.ToDictionary(f => f.Key, f => (IReadOnlyList<SourceMap>)f.Value);
    }

    private List<GlobPattern> Patterns(SourceMap section, string key)
    {
        var patterns = new List<GlobPattern>();
        foreach (var item in section.Items(key).OfType<SourceScalar>())
        {
            if (GlobPattern.TryParse(item.Text, out var fault) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                bag.Error(DiagnosticCodes.BadGlob, item, $"The pattern '{item.Text.Clip(60)}' cannot be used: {fault}.");
            }
        }

        return patterns;
    }

    private void Add(string path, bool strict, Dictionary<string, SourceNode> taken)
    {
        var own = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        if (files.Read(path) is { } text && SourceReader.Read(text, path, own) is SourceMap map)
        {
            Sort(path, map, taken, own);
        }
        else if (!own.HasErrors)
        {
            own.Error(DiagnosticCodes.BadResource, new SourceSpan(path, 1, 1), "The file is empty, or holds no mapping of keys.");
        }

        bag.AddRange(own.ToList(path).Select(d => strict ? d : d with { Severity = DiagnosticSeverity.Warning }));
    }

    private void Sort(string path, SourceMap map, Dictionary<string, SourceNode> taken, DiagnosticBag own)
    {
        var kind = map.Text("resource");
        if (kind is null)
        {
            // A workflow says what it is by its keys.
            if (map.Has("tasks") || map.Has("steps") || map.Has("workflow"))
            {
                Workflows.Add(path);
            }
            else
            {
                own.Error(DiagnosticCodes.BadResource, map,
                    $"The file does not say what it holds. Add 'resource' ({string.Join(", ", Kinds.Keys)}), or leave it out with "
                    + $"'exclude'.");
            }

            return;
        }

        if (!Kinds.ContainsKey(kind))
        {
            own.Error(DiagnosticCodes.BadResource, map.Value("resource")!,
                $"'{kind.Clip(60)}' is not a kind of resource.{NearMiss.HintOrList(kind, Kinds.Keys, "Kinds", 20)}");
            return;
        }

        if (kind is "workflow")
        {
            Workflows.Add(path);
            return;
        }

        var id = map.Scalar("id") ?? (kind == "model" ? map.Scalar("model") : null);
        if (id is null)
        {
            own.Error(DiagnosticCodes.Missing, map, $"A resource of the kind '{kind}' needs 'id'.");
        }
        else if (taken.TryAdd($"{kind}:{id.Text}", id))
        {
            if (!_found.TryGetValue(kind, out var list))
            {
                _found[kind] = list = [];
            }

            list.Add(map);
        }
        else
        {
            var first = taken[$"{kind}:{id.Text}"];
            own.Error(DiagnosticCodes.DuplicateId, id,
                $"Another {kind} has the id '{id.Text}' already, in {first.File.Name}:{first.Line}. Give each its own.");
        }
    }
}
