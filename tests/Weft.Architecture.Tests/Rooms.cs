using Mono.Cecil;

namespace Weft.Architecture.Tests;

/// <summary>The rooms of a project, its namespaces, and which names which.</summary>
internal sealed class Rooms
{
    /// <summary>Files that put the others together, and so name rooms on every side. Nothing but a host or a test names them.</summary>
    private static readonly string[] Composing = ["Program", "CommandLine", "Composition", "WeftApiPipeline", "WeftOrchestrators",
        "SandboxEndpoints", "SandboxServer"];

    private readonly Dictionary<string, Dictionary<string, string>> _arrows = new(StringComparer.Ordinal);

    private Rooms()
    {
    }

    /// <summary>The arrows between the rooms of a project: what its code names once compiled, and what its using directives name.</summary>
    public static Rooms Of(Project project)
    {
        var rooms = new Rooms();
        if (project.Assembly is { } path)
        {
            foreach (var (type, named) in CompiledTypes.Read(path).Where(t => !IsComposing(t.Type.Name)))
            {
                foreach (var other in named.Where(n => n.Scope == type.Scope && n.Name != "Log"))
                {
                    rooms.Add(type.Namespace, other.Namespace, $"{type.Name} names {other.Name}");
                }
            }
        }

        var own = project.Sources.Select(s => s.Namespace).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var source in project.Sources.Where(s => s.Namespace is not null && !IsComposing(s.Stem)))
        {
            foreach (var named in source.Usings)
            {
                // A static using or an alias names a type: its namespace is the longest of ours that begins it.
                var room = own.Where(n => named == n || named.StartsWith(n + ".", StringComparison.Ordinal)).MaxBy(n => n.Length);
                if (room is not null)
                {
                    rooms.Add(source.Namespace!, room, $"{source.Path} says 'using {named}'");
                }
            }
        }

        return rooms;
    }

    /// <summary>The rooms that lean on one another, each arrow with one place that draws it; empty: there is no circle.</summary>
    public IReadOnlyList<string> Circles()
    {
        var reach = _arrows.Keys.ToDictionary(r => r, Reachable, StringComparer.Ordinal);
        return
        [
            .. from arrow in _arrows
               from to in arrow.Value
               where reach.TryGetValue(to.Key, out var back) && back.Contains(arrow.Key)
               orderby arrow.Key, to.Key
               select $"{arrow.Key} -> {to.Key}: {to.Value}",
        ];
    }

    private static bool IsComposing(string name) =>
        name == "Log" || name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal) || Composing.Contains(name)
            || name.StartsWith('<');

    private void Add(string from, string to, string why)
    {
        if (from == to || from.Length == 0 || to.Length == 0)
        {
            return;
        }

        if (!_arrows.TryGetValue(from, out var arrows))
        {
            _arrows[from] = arrows = new(StringComparer.Ordinal);
        }

        arrows.TryAdd(to, why);
    }

    private HashSet<string> Reachable(string room)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(_arrows[room].Keys);
        while (open.TryPop(out var next))
        {
            if (found.Add(next) && _arrows.TryGetValue(next, out var further))
            {
                foreach (var f in further.Keys)
                {
                    open.Push(f);
                }
            }
        }

        return found;
    }
}
