using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Reads projects: a project file, what it autoloads, and its workflows.</summary>
public static class ProjectLoader
{
    /// <summary>Reads a project, and reports every fault of all its files in one pass.</summary>
    /// <param name="text">The project file.</param>
    /// <param name="fileName">What to call it in findings. Null: no file.</param>
    /// <param name="files">The files beside and below it.</param>
    /// <param name="options">What else is known; null: nothing. Its own project is not used.</param>
    public static ProjectLoadResult Load(string text, string? fileName, ProjectFiles files, LoadOptions? options = null)
    {
        options = (options ?? LoadOptions.Default) with { Project = null };
        var bag = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        ProjectDefinition? project = null;
        switch (SourceReader.Read(text, fileName, bag))
        {
            case SourceMap root:
                project = new ProjectBuilder(root, files, options, bag).Build();
                break;
            case { } other:
                bag.Error(DiagnosticCodes.NotAMapping, other, $"A project is a mapping of keys, not {other.Kind}.");
                break;
            case null when !bag.HasErrors:
                bag.Error(DiagnosticCodes.NotAMapping, new SourceSpan(fileName, 1, 1), "The text is empty. A project needs 'name'.");
                break;
        }

        var workflows = new List<(string Path, LoadResult Result)>();
        foreach (var path in project?.Workflows ?? [])
        {
            if (files.Read(path) is { } workflow)
            {
                workflows.Add((path, WorkflowLoader.Load(workflow, path, options with { Project = project })));
            }
        }

        var own = bag.ToList(fileName);
        return new ProjectLoadResult(
            bag.HasErrors ? null : project, workflows, [.. own, .. workflows.SelectMany(w => w.Result.Diagnostics).Distinct()]);
    }
}
