using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;

namespace Weft.Runtime.Registry;

/// <summary>Loads the folders before the host serves, and again when a file changes.</summary>
public sealed class WorkflowFolders(
    WorkflowRegistry workflows, AgentRegistry agents, IOptions<WorkflowFoldersOptions> options, TimeProvider clock,
    ILogger<WorkflowFolders> logger)
    : BackgroundService
{
    // An editor's save is several events: one reload follows the last of them.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly List<FileSystemWatcher> _watchers = [];
    private volatile IReadOnlyList<Diagnostic> _diagnostics = [];
    private volatile int _loads;

    /// <summary>Gets the findings of the last load, in the order of files.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Gets how often the folders were loaded.</summary>
    public int Loads => _loads;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // What changes while the folders are loaded is loaded again.
        if (options.Value.Watch)
        {
            _watchers.AddRange(options.Value.Paths.Select(Path.GetFullPath).Where(Directory.Exists).Select(Watch));
        }

        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Loads every file of every folder. A workflow whose file is gone is taken out.</summary>
    /// <returns>The findings, in the order of files.</returns>
    public async Task<IReadOnlyList<Diagnostic>> LoadAsync(CancellationToken cancellationToken)
    {
        var diagnostics = new List<Diagnostic>();
        var roots = options.Value.Paths.Select(Path.GetFullPath).Where(Directory.Exists).Select(r => new DefinitionFolder(r)).ToList();

        // The cards first: workflows are checked against them.
        var cards = new List<AgentFile>();
        foreach (var file in roots.SelectMany(r => r.Cards))
        {
            cards.Add(new AgentFile(await File.ReadAllTextAsync(file, cancellationToken), Shown(file)));
        }

        diagnostics.AddRange(agents.LoadFiles(cards));
        var names = roots.Count == 0 ? LoadOptions.Default : await workflows.OptionsAsync(cancellationToken);
        foreach (var root in roots)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var project in root.Projects)
            {
                diagnostics.AddRange(await LoadProjectAsync(project, seen, names, cancellationToken));
            }

            foreach (var file in root.Workflows)
            {
                seen.Add(file);
                var text = await File.ReadAllTextAsync(file, cancellationToken);
                var put = new PutWorkflowOptions { File = Shown(file), Source = file, Scheduled = true, Names = names };
                diagnostics.AddRange((await workflows.PutAsync(text, put, cancellationToken)).Diagnostics);
            }

            await RetireAsync(root.Root, seen, cancellationToken);
        }

        diagnostics = await WithoutOvertakenAsync(diagnostics, cancellationToken);
        foreach (var diagnostic in diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
        {
            logger.FileHasFault(diagnostic.ToString());
        }

        _diagnostics = diagnostics;
        Interlocked.Increment(ref _loads);
        return diagnostics;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_watchers.Count == 0)
        {
            return;
        }

        try
        {
            while (true)
            {
                await _changed.WaitAsync(stoppingToken);
                do
                {
                    await Task.Delay(Quiet, clock, stoppingToken);
                }
                while (_changed.Wait(0, CancellationToken.None));
                await ReloadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _watchers.ForEach(w => w.Dispose());
        _changed.Dispose();
        base.Dispose();
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A file may be gone or locked between the event and the read; its next event tries again.
            logger.FolderLoadFailed(exception);
        }
    }

    /// <summary>The findings without those that name a workflow which a later file brought.</summary>
    private async Task<List<Diagnostic>> WithoutOvertakenAsync(List<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (!diagnostics.Exists(IsOfAWorkflow))
        {
            return diagnostics;
        }

        var known = (await workflows.ListAsync(cancellationToken)).Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        return [.. diagnostics.Where(d => !IsOfAWorkflow(d) || !known.Contains(d.Subject!))]; // it says that there is one

        static bool IsOfAWorkflow(Diagnostic diagnostic) => diagnostic is { Code: DiagnosticCodes.UnknownWorkflow, Subject: not null };
    }

    private async Task<IReadOnlyList<Diagnostic>> LoadProjectAsync(
        string file, HashSet<string> seen, LoadOptions names, CancellationToken cancellationToken)
    {
        var loaded = ProjectFolder.Load(file, Shown(file), names);
        var folder = Path.GetDirectoryName(file)!; // A file lies in a folder.
        foreach (var (path, result) in loaded.Workflows)
        {
            if (ProjectFolder.FileOf(folder, path) is not { } source)
            {
                continue;
            }

            seen.Add(source);
            if (result.Definition is { } definition)
            {
                var text = await File.ReadAllTextAsync(source, cancellationToken);
                await workflows.PutAsync(definition, text,
                    new PutWorkflowOptions { File = Shown(source), Source = source, Scheduled = true }, cancellationToken);
            }
        }

        return loaded.Diagnostics;
    }

    private async Task RetireAsync(string root, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var prefix = root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar;
        foreach (var workflow in await workflows.ListAsync(cancellationToken))
        {
            if (workflow.Source.StartsWith(prefix, StringComparison.Ordinal) && !seen.Contains(workflow.Source))
            {
                await workflows.DeleteAsync(workflow.Id, cancellationToken);
            }
        }
    }

    private FileSystemWatcher Watch(string root)
    {
        var watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Signal();
        watcher.Created += (_, _) => Signal();
        watcher.Deleted += (_, _) => Signal();
        watcher.Renamed += (_, _) => Signal();
        watcher.Error += (_, _) => Signal();
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Signal()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // A reload is due already, or the host has stopped.
        }
    }

    private static string Shown(string file)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}
