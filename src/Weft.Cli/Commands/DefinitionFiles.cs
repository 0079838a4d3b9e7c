using Weft.Agents.Workflows;
using Weft.Workflows.Definitions;

namespace Weft.Cli.Commands;

/// <summary>The YAML and JSON files that a path on the command line means.</summary>
internal static class DefinitionFiles
{
    /// <summary>A file as it is; of a folder every .yaml and .yml below it, in order of their names.</summary>
    /// <exception cref="UsageException">There is no such file or folder.</exception>
    public static IEnumerable<string> Below(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"There is no file or folder '{path}'.");
        }

        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".yaml" or ".yml")
            .Where(f => !Path.GetRelativePath(path, f).Split(Path.DirectorySeparatorChar).Any(p => p.StartsWith('.')))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Loads one workflow file, with what the project that names it shares.</summary>
    public static async Task<LoadResult> LoadAsync(string file, CancellationToken cancellationToken) =>
        ProjectFolder.LoadMember(file) ?? WorkflowLoader.Load(await File.ReadAllTextAsync(file, cancellationToken), file);

    /// <summary>Whether a file holds an agent card: it lies in a folder named <c>agents</c>.</summary>
    public static bool IsAgentCard(string file) =>
        string.Equals(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))), "agents", StringComparison.Ordinal);
}
