using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>Says why a path leads to nothing, and what it may have meant.</summary>
internal static class MissingPath
{
    public static (string Path, string Message, string? Suggestion) Explain(UndefinedPath missing, ExpressionScope scope)
    {
        var (path, segment, container, _) = missing;
        var parent = ParentOf(path, segment);
        switch (container.Kind)
        {
            case ValueKind.Absent:
            {
                var near = NearMiss.Find(segment, scope.Names);
                return (path, $"Unknown path '{path}'.{NearMiss.HintOrList(segment, scope.Names, "Known here")}", near);
            }

            case ValueKind.Object:
            {
                var names = container.MemberNames().Where(x => x.Length <= 64).Take(1000).ToList();
                var near = NearMiss.Find(segment, names) is { } name ? Join(parent, name) : null;
                var hint = near is null ? NearMiss.HintOrList(segment, names, "It has") : $" Did you mean '{near}'?";
                return (path, $"Unknown path '{path}': '{parent}' has no '{segment}'.{hint}", near);
            }

            case ValueKind.Array when segment.StartsWith('['):
                return (path, $"Unknown path '{path}': '{parent}' has {container.Count} item{(container.Count == 1 ? "" : "s")}.", null);
            case ValueKind.Array:
                return (path,
                    $"Unknown path '{path}': '{parent}' is a list. Take one of its items ({parent}[0]), or a field of all ({parent} | "
                    + $"map('{segment}')).", null);
            case ValueKind.Null:
                return (path, $"Unknown path '{path}': '{parent}' is null.", null);
            default:
                return (path, $"Unknown path '{path}': '{parent}' is {container.KindName} and has no members.", null);
        }
    }

    private static string ParentOf(string path, string segment)
    {
        var parent = path.EndsWith(segment, StringComparison.Ordinal) ? path[..^segment.Length].TrimEnd('.') : path;
        return parent.Length == 0 ? "." : parent;
    }

    private static string Join(string parent, string name) => parent == "." ? $".{name}" : $"{parent}.{name}";
}
