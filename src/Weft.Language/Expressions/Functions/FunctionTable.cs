using System.Collections.Frozen;
using Weft.Language.Expressions.Syntax;

namespace Weft.Language.Expressions.Functions;

/// <summary>Every function of the templates, by name and by the names it has elsewhere.</summary>
internal static class FunctionTable
{
    /// <summary>The groups of docs/template-functions.md, in its order.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<Function> Functions)> Groups { get; } =
    [
        ("Defaults and logic", LogicFunctions.All),
        ("Texts", [.. TextFunctions.All, .. TextLayoutFunctions.All, .. TextSearchFunctions.All]),
        ("Numbers", NumberFunctions.All),
        ("Lists", [.. ListFunctions.All, .. ListShapeFunctions.All, .. SelectionFunctions.All]),
        ("Objects", ObjectFunctions.All),
        ("JSON and encodings", EncodingFunctions.All),
        ("Times and ids", TimeFunctions.All),
        ("Workflow", WorkflowFunctions.All),
    ];

    private static FrozenDictionary<string, Function> ByName { get; } = Index();

    /// <summary>The names that may be meant by one that is not found.</summary>
    public static IEnumerable<string> Names =>
        Groups.SelectMany(x => x.Functions).Where(x => !x.IsHidden).SelectMany(x => (string[])[x.Name, .. x.Aliases]);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The function that a bare name calls where the scope has no such name.</summary>
    public static Function? FindBare(string name) => Find(name) is { IsBare: true } function ? function : null;

    private static FrozenDictionary<string, Function> Index()
    {
        var byName = new Dictionary<string, Function>(StringComparer.Ordinal);
        foreach (var function in Groups.SelectMany(x => x.Functions))
        {
            foreach (var name in (string[])[function.Name, .. function.Aliases])
            {
                byName.Add(name, function);
            }
        }

        return byName.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
