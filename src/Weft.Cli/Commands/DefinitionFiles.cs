using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Runtime.Registry;

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
    /// <param name="file">The file.</param>
    /// <param name="known">What it may name; null: nothing is known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<LoadResult> LoadAsync(string file, LoadOptions? known, CancellationToken cancellationToken) =>
        ProjectFolder.LoadMember(file, known) ?? WorkflowLoader.Load(await File.ReadAllTextAsync(file, cancellationToken), file, known);

    /// <summary>
    /// What the files may name: the agents and models that ship, the cards of <c>agents</c> folders beside them, and the workflows beside
    /// them.
    /// </summary>
    /// <remarks>A registry's own are not asked: a check of files needs no data folder.</remarks>
    public static async Task<LoadOptions> NamesAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var folders = files.Select(f => Path.GetDirectoryName(Path.GetFullPath(f))!).Distinct(StringComparer.Ordinal)
            .ToList(); // A file lies in a folder.
        var near = files.Select(Path.GetFullPath)
            .Concat(folders.SelectMany(Yaml))
            .Concat(folders.Select(f => Path.Combine(f, "agents")).Where(Directory.Exists).SelectMany(Yaml))
            .Distinct(StringComparer.Ordinal);
        var (cards, workflows) = (new List<string>(), new List<string>());
        foreach (var file in near.Where(f => !ProjectFolder.IsProjectFile(f)))
        {
            string text;
            try
            {
                text = await File.ReadAllTextAsync(file, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What cannot be read says no names. A file that was asked for is read again, and the fault told.
                continue;
            }

            if (IsAgentCard(file))
            {
                cards.AddRange(new[] { AgentCardLoader.Load(text).Card?.Name }.OfType<string>());
            }
            else if (WorkflowLoader.Load(text, file).Definition is { } definition)
            {
                workflows.Add(definition.Id);
            }
        }

        return KnownNames.ForFiles(cards, workflows);
    }

    private static IEnumerable<string> Yaml(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".yaml" or ".yml");

    /// <summary>Whether a file holds an agent card: it lies in a folder named <c>agents</c>.</summary>
    public static bool IsAgentCard(string file) =>
        string.Equals(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))), "agents", StringComparison.Ordinal);
}
