using System.Runtime.CompilerServices;

namespace Weft.Architecture.Tests;

/// <summary>The source tree: its projects, and which of them may lean on which.</summary>
internal static class House
{
    private static readonly string[] Floors = ["Weft.Language", "Weft.Workflows", "Weft.Agents", "Weft.Runtime", "Weft.Api"];

    /// <summary>Gets the folder that holds <c>src</c> and <c>tests</c>.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Gets the projects of the product, by name.</summary>
    public static IReadOnlyList<Project> Product { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Order(StringComparer.Ordinal).Select(Project.At)];

    /// <summary>Gets all projects: the product's, the tests' and the benchmarks'.</summary>
    public static IReadOnlyList<Project> All { get; } =
    [
        .. ((string[])["src", "tests", "bench"]).SelectMany(d => Directory.GetDirectories(Path.Combine(Root, d)))
            .Where(d => Directory.GetFiles(d, "*.csproj").Length == 1).Order(StringComparer.Ordinal).Select(Project.At),
    ];

    /// <summary>The projects of the product that <paramref name="project"/> may name: those below it.</summary>
    public static IReadOnlySet<string> Below(string project) => project switch
    {
        "Weft.Embedded" => Upto("Weft.Agents"),
        "Weft.Sandbox" => new HashSet<string>(StringComparer.Ordinal),
        "Weft.Functions" => Upto("Weft.Api"),
        "Weft.Cli" => new HashSet<string>([.. Floors, "Weft.Embedded", "Weft.Sandbox"], StringComparer.Ordinal),
        _ when Array.IndexOf(Floors, project) is >= 0 and var floor => Floors.Take(floor).ToHashSet(StringComparer.Ordinal),
        _ => throw new InvalidOperationException($"Say in {nameof(House)}.{nameof(Below)} on which floor {project} stands."),
    };

    private static HashSet<string> Upto(string floor) => Floors.Take(Array.IndexOf(Floors, floor) + 1).ToHashSet(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
