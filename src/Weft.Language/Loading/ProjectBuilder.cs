using System.Globalization;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Directives;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Builds a project from its file and the files it brings in.</summary>
internal sealed class ProjectBuilder(SourceMap written, ProjectFiles files, LoadOptions options, DiagnosticBag bag)
{
    private static readonly (string Key, string Kind)[] Shared =
        [("models", "model"), ("agents", "agent"), ("tools", "tool"), ("mcps", "mcp"), ("memories", "memory"), ("schemas", "schema")];

    public ProjectDefinition? Build()
    {
        var autoload = new Autoload(written, files, bag);
        var resources = autoload.Find();
        var scope = options with { Project = new ProjectDefinition { Name = "", Root = written, Resources = resources } };
        if (DirectiveEvaluator.Evaluate(written, scope, bag) is not { } evaluated)
        {
            return null;
        }

        var expressions = new ExpressionIndex(bag);
        var check = new ShapeCheck(bag, expressions, options.UnsupportedSections, options.ToolTypes);
        var root = check.CheckFile(evaluated, ProjectShapes.Project);
        SecretScan.Check(evaluated, bag);
        LanguageVersion.Check(root, bag);

        var found = new Dictionary<string, IReadOnlyList<SourceMap>>();
        var read = new Dictionary<string, List<SourceMap>>();
        foreach (var (kind, maps) in resources)
        {
            found[kind] = [.. maps.Select(m => DirectiveEvaluator.Evaluate(m, scope, bag)).OfType<SourceMap>()];
            read[kind] = [];
            foreach (var map in found[kind])
            {
                SecretScan.Check(map, bag);
                read[kind].Add(Autoload.ShapeOf(kind) is { } shape ? check.Check(map, shape) : map);
            }
        }

        var context = new LoadContext(WithResources(root, read), options with { Project = null }, bag, expressions);
        var library = new Library(context);
        var runtime = root.Map("runtime");
        var defaults = Sections.Defaults(context);
        return new ProjectDefinition
        {
            Name = root.Text("name") ?? "project",
            Version = root.Text("version"),
            Description = root.Text("description"),
            Workflows = Sources(root, autoload.Workflows),
            Models = library.Models,
            Agents = library.Agents,
            Tools = library.Tools,
            Schemas = library.Schemas,
            Memories = Sections.Memories(context),
            Env = Sections.Env(context),
            Defaults = defaults with { Timeout = defaults.Timeout ?? runtime?.Duration("task_execution_timeout_default") },
            Runtime = runtime is null ? null : Runtime(runtime),
            Root = evaluated,
            Resources = found,
        };
    }

    /// <summary>The project with the files it brings in at the places where it could have written them itself.</summary>
    private static SourceMap WithResources(SourceMap root, Dictionary<string, List<SourceMap>> resources)
    {
        var entries = root.Entries.ToList();
        foreach (var (key, kind) in Shared)
        {
            if (!resources.TryGetValue(kind, out var more))
            {
                continue;
            }

            var place = entries.FindIndex(e => e.Key.Text == key);
            var own = place >= 0 && entries[place].Value is SourceList list ? list.Items : [];
            var all = new SourceList(root.File, root.Line, root.Column, [.. own, .. more]);
            if (place >= 0)
            {
                entries[place] = new SourceEntry(entries[place].Key, all);
            }
            else
            {
                entries.Add(new SourceEntry(SourceJson.Text(key, root), all));
            }
        }

        return new SourceMap(root.File, root.Line, root.Column, entries);
    }

    private List<string> Sources(SourceMap root, List<string> found)
    {
        var sources = new List<string>();
        foreach (var item in root.Items("workflows"))
        {
            if ((item as SourceScalar ?? (item as SourceMap)?.Scalar("source")) is not { } source)
            {
                continue;
            }

            if (ProjectPath.Resolve(source.Text) is not { } path)
            {
                bag.Error(DiagnosticCodes.BadSource, source,
                    $"'{source.Text.Clip(60)}' must be a path relative to the project file that does not leave its folder.");
            }
            else if (sources.Contains(path))
            {
                bag.Error(DiagnosticCodes.BadSource, source, $"'{path}' is listed twice. Remove one of the two.");
            }
            else if (files.Read(path) is null)
            {
                var near = NearMiss.Hint(path, files.List().Select(ProjectPath.Trim));
                bag.Error(DiagnosticCodes.FileNotFound, source,
                    $"There is no file '{path}'.{near} Paths are relative to the project file.");
            }
            else
            {
                sources.Add(path);
            }
        }

        return [.. sources, .. found.Where(f => !sources.Contains(f))];
    }

    private RuntimeSection Runtime(SourceMap map)
    {
        long? limit = null;
        if (map.Scalar("memory_limit") is { } memory && (limit = Bytes(memory.Text)) is null)
        {
            bag.Error(DiagnosticCodes.WrongType, memory, $"'memory_limit' must be a size such as 512MB, not '{memory.Text.Clip(60)}'.");
        }

        if (map.Duration("task_execution_timeout_default") is { } usual && map.Duration("task_execution_timeout_max") is { } longest
            && usual > longest)
        {
            bag.Error(DiagnosticCodes.OutOfRange, map.Value("task_execution_timeout_default")!,
                "'task_execution_timeout_default' must not be longer than 'task_execution_timeout_max'.");
        }

        return new RuntimeSection
        {
            Type = map.Text("type") ?? "bun",
            Entrypoint = map.Text("entrypoint"),
            Permissions = map.Texts("permissions"),
            Timeout = map.Duration("timeout"),
            MemoryLimitBytes = limit,
        };
    }

    private static long? Bytes(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var factor = text[digits..].Trim().ToUpperInvariant() switch
        {
            "" or "B" => 1,
            "K" or "KB" => 1_000,
            "KIB" => 1 << 10,
            "M" or "MB" => 1_000_000,
            "MIB" => 1 << 20,
            "G" or "GB" => 1_000_000_000,
            "GIB" => 1 << 30,
            _ => 0L,
        };
        return factor > 0 && double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * factor is > 0 and < 1e15
            ? (long)(number * factor)
            : null;
    }
}
