using Microsoft.Extensions.Logging;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Records;
using Weft.Runtime.Schedules;

namespace Weft.Runtime.Registry;

/// <summary>The workflows that can be started, each with its versions. Safe for concurrent use, by several processes too.</summary>
/// <remarks>A definition is stored under its content hash and never changes there: what runs is pinned to it.</remarks>
public sealed class WorkflowRegistry(
    IRecordStore store, ContextStore contexts, ScheduleStore schedules, KnownNames knownNames, TimeProvider clock,
    ILogger<WorkflowRegistry> logger) : IDefinitionSource
{
    private readonly WorkflowRecords _records = new(store, contexts);
    private readonly DefinitionCache _definitions = new();

    /// <summary>Loads a text and registers what it defines. The revision grows only when the content changed.</summary>
    /// <param name="text">YAML or JSON in any of the three dialects.</param>
    /// <param name="options">Where it came from, and what it must be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version, or the diagnostics that say why there is none; then nothing was changed.</returns>
    public async Task<PutWorkflowResult> PutAsync(string text, PutWorkflowOptions options, CancellationToken cancellationToken)
    {
        var names = options.Names ?? await OptionsAsync(cancellationToken);
        var loaded = WorkflowLoader.Load(text, options.File, names with { DefaultId = options.ExpectedId });
        if (loaded.HasErrors || loaded.Definition is not { } definition)
        {
            return new PutWorkflowResult(null, false, false, loaded.Diagnostics);
        }

        if (options.ExpectedId is { } expected && expected != definition.Id)
        {
            return new PutWorkflowResult(null, false, false, [.. loaded.Diagnostics, OtherId(expected, definition.Id, options.File)]);
        }

        var put = await PutAsync(definition, text, options, cancellationToken);
        return put with { Diagnostics = [.. loaded.Diagnostics, .. put.Diagnostics] };
    }

    /// <summary>Registers a definition that was loaded without errors.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="text">The text it came from.</param>
    /// <param name="options">Where it came from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<PutWorkflowResult> PutAsync(
        WorkflowDefinition definition, string text, PutWorkflowOptions options, CancellationToken cancellationToken)
    {
        if (options.Scheduled)
        {
            try
            {
                // Before the workflow: a schedule waits for a workflow that is not there, but nobody would start one whose schedule was
                // lost.
                await schedules.FollowAsync(definition, cancellationToken);
            }
            catch (WeftException refused)
            {
                return new PutWorkflowResult(null, false, false, [BadSchedule(refused.Message, options.File)]);
            }
        }

        var contentHash = ContentHash.Of(definition);
        var json = WorkflowDefinitionJson.Serialize(definition);
        var candidate = new WorkflowVersion
        {
            Id = definition.Id,
            Revision = 0,
            ContentHash = contentHash,
            Version = definition.Version,
            Name = definition.Name,
            Description = definition.Description,
            Dialect = definition.Dialect,
            UpdatedAt = clock.GetUtcNow().UtcDateTime,
            Source = options.Source,
        };
        var (latest, changed, created) = await _records.PutAsync(candidate, new StoredDefinition(json, text), cancellationToken);
        _definitions.Keep(contentHash, new CachedDefinition(definition, json));
        if (changed)
        {
            logger.WorkflowRegistered(latest.Id, latest.Revision, latest.ContentHash, latest.Source);
        }

        return new PutWorkflowResult(latest, changed, created, []);
    }

    /// <summary>
    /// Every fault of a text, without registering it. Agents, models and workflows that are not registered are warnings: they may be put
    /// later.
    /// </summary>
    /// <param name="text">YAML or JSON in any of the three dialects.</param>
    /// <param name="file">What findings call it; null: no file.</param>
    /// <param name="defaultId">The id of a definition that names none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LoadResult> LoadAsync(string text, string? file, string? defaultId, CancellationToken cancellationToken) =>
        WorkflowLoader.Load(text, file, await OptionsAsync(cancellationToken) with { DefaultId = defaultId });

    /// <summary>What definitions are checked against: the names that are registered now.</summary>
    public async Task<LoadOptions> OptionsAsync(CancellationToken cancellationToken) =>
        await knownNames.ForRegistryAsync((await ListAsync(cancellationToken)).Select(w => w.Id), cancellationToken);

    /// <summary>The latest version with its definition; null when there is no such workflow.</summary>
    public async Task<RegisteredWorkflow?> FindAsync(string workflowId, CancellationToken cancellationToken)
    {
        if (await _records.FindAsync(workflowId, cancellationToken) is not { } version)
        {
            return null;
        }

        var definition = await ReadAsync(version.ContentHash, cancellationToken)
            ?? throw new WeftException(
                "definition_missing", Fault.Conflict,
                $"Workflow '{workflowId}' is registered, but its definition {version.ContentHash} is not stored. Put the workflow again.");
        return new RegisteredWorkflow(version, definition.Definition);
    }

    /// <summary>The latest version of every workflow, by id.</summary>
    public Task<IReadOnlyList<WorkflowVersion>> ListAsync(CancellationToken cancellationToken) => _records.ListAsync(cancellationToken);

    /// <summary>Every version of one workflow, newest first; those of a deleted one too.</summary>
    public Task<IReadOnlyList<WorkflowVersion>> VersionsAsync(string workflowId, CancellationToken cancellationToken) =>
        _records.VersionsAsync(workflowId, cancellationToken);

    /// <summary>Takes a workflow out of the registry; what runs goes on.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> DeleteAsync(string workflowId, CancellationToken cancellationToken)
    {
        var deleted = await _records.DeleteAsync(workflowId, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await schedules.ForgetAsync(workflowId, cancellationToken);
        if (deleted)
        {
            logger.WorkflowDeleted(workflowId);
        }

        return deleted;
    }

    /// <summary>The text of a definition as its author wrote it; null when none is stored under the hash.</summary>
    public async Task<string?> TextAsync(string contentHash, CancellationToken cancellationToken) =>
        (await _records.DefinitionAsync(contentHash, cancellationToken))?.Text;

    /// <inheritdoc/>
    public async Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken) =>
        (await ReadAsync(contentHash, cancellationToken))?.Definition;

    /// <summary>The error of an id that names no workflow, with the nearest one that exists.</summary>
    public async Task<WeftException> UnknownAsync(string workflowId, CancellationToken cancellationToken)
    {
        var known = (await ListAsync(cancellationToken)).Select(w => w.Id);
        return new WorkflowNotFoundException(workflowId, known);
    }

    internal async Task<CachedDefinition?> ReadAsync(string contentHash, CancellationToken cancellationToken)
    {
        if (_definitions.Find(contentHash) is { } cached)
        {
            return cached;
        }

        if (await _records.DefinitionAsync(contentHash, cancellationToken) is not { } stored)
        {
            return null;
        }

        var read = new CachedDefinition(WorkflowDefinitionJson.Deserialize(stored.Json), stored.Json);
        _definitions.Keep(contentHash, read);
        return read;
    }

    private static Diagnostic BadSchedule(string message, string? file) =>
        new(DiagnosticCodes.ScheduleRefused, DiagnosticSeverity.Error, message, file, 1, 1);

    private static Diagnostic OtherId(string expected, string found, string? file) => new(
        DiagnosticCodes.OtherId,
        DiagnosticSeverity.Error,
        $"The address names the workflow '{expected}', and the definition's id is '{found}'. Put it to '{found}', or give it 'id: "
        + $"{expected}'.",
        file,
        1,
        1);
}
