using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Runtime.Registry;

/// <summary>A folder with a project file: its workflows share what the project defines, and no other file below it is a workflow.</summary>
public static class ProjectFolder
{
    private static readonly string[] Names = ["compozy.yaml", "compozy.yml", "project.yaml", "project.yml"];

    /// <summary>Whether a file is the project file of its folder.</summary>
    public static bool IsProjectFile(string path) => Names.Contains(Path.GetFileName(path));

    /// <summary>Loads a project with its workflows.</summary>
    /// <param name="projectFile">The project file's path.</param>
    /// <param name="shown">What findings call it.</param>
    /// <param name="options">What its workflows may name; null: nothing is known.</param>
    public static ProjectLoadResult Load(string projectFile, string shown, LoadOptions? options = null)
    {
        var folder = Path.GetDirectoryName(projectFile)!; // A file lies in a folder.
        var files = new ProjectFiles(
            relative => FileOf(folder, relative) is { } path && File.Exists(path) ? File.ReadAllText(path) : null,
            () => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal));
        return ProjectLoader.Load(File.ReadAllText(projectFile), shown, files, options);
    }

    /// <summary>Loads a workflow file with what its project shares: the nearest project above it that names it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">What it may name; null: nothing is known.</param>
    /// <returns>What came of it; null when no project names the file.</returns>
    public static LoadResult? LoadMember(string file, LoadOptions? options = null)
    {
        var member = Path.GetFullPath(file);
        for (var folder = Path.GetDirectoryName(member); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Names.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists) is not { } projectFile || projectFile == member)
            {
                continue;
            }

            var project = Load(projectFile, Path.GetRelativePath(Environment.CurrentDirectory, projectFile), options);
            if (project.Workflows.FirstOrDefault(w => FileOf(folder, w.Path) == member).Result is { } loaded)
            {
                // A fault of the project keeps its workflows from running, too.
                return loaded.Definition is null && loaded.Diagnostics.Count == 0 ? loaded with { Diagnostics = project.Diagnostics }
                    : loaded;
            }
        }

        return null;
    }

    /// <summary>The path of a project's file; null when it would lie outside the project.</summary>
    public static string? FileOf(string folder, string relative)
    {
        var path = Path.GetFullPath(relative, folder);
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}
