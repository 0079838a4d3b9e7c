namespace Weft.Runtime.Registry;

/// <summary>The definition files below a folder, by what they hold, each in the order of the paths.</summary>
/// <remarks>Hidden files and folders are left out, and so is what lies beside a project file: the project says what it loads.</remarks>
internal sealed class DefinitionFolder
{
    /// <summary>Lists the files of a folder.</summary>
    public DefinitionFolder(string root)
    {
        Root = root;
        List<string> files =
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(f => Path.GetExtension(f) is ".yaml" or ".yml" && !IsHidden(Path.GetRelativePath(root, f)))
                .Order(StringComparer.Ordinal),
        ];
        Projects = [.. files.Where(ProjectFolder.IsProjectFile)];
        var projects = Projects.Select(f => Path.GetDirectoryName(f) + Path.DirectorySeparatorChar).ToList();
        var loose = files.Where(f => !projects.Exists(p => f.StartsWith(p, StringComparison.Ordinal))).ToList();
        Cards = [.. loose.Where(f => IsCard(root, f))];
        Workflows = [.. loose.Except(Cards, StringComparer.Ordinal)];
    }

    public string Root { get; }

    /// <summary>Gets the project files.</summary>
    public IReadOnlyList<string> Projects { get; }

    /// <summary>Gets the agent cards: what lies below a folder named <c>agents</c>.</summary>
    public IReadOnlyList<string> Cards { get; }

    public IReadOnlyList<string> Workflows { get; }

    private static bool IsHidden(string relative) => relative.Split(Path.DirectorySeparatorChar).Any(p => p.StartsWith('.'));

    private static bool IsCard(string root, string file) =>
        Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[..^1].Contains("agents") || Path.GetFileName(root) == "agents";
}
