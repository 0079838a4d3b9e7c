using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;

namespace Weft.Api.Workflows;

/// <summary>The registry of workflows: list, read, put, delete, versions, graph, validate, parts.</summary>
internal static class WorkflowEndpoints
{
    public static void MapWorkflows(this IEndpointRouteBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("Workflows");
        workflows.MapGet("", ListAsync).WithSummary("Lists the workflows.");
        workflows.MapPost("/validate", ValidateAsync)
            .WithSummary("Finds every fault of a definition.").WithMetadata(new NeedsScope(Scopes.Read));
        workflows.MapGet("/{id}", GetAsync).WithSummary("Reads a workflow.");
        workflows.MapPut("/{id}", PutAsync).WithSummary("Registers a workflow, or a new version of it; YAML or JSON.")
            .Produces<ProblemBody>(422, "application/problem+json");
        workflows.MapDelete("/{id}", DeleteAsync).WithSummary("Takes a workflow out of the registry; what runs goes on.");
        workflows.MapGet("/{id}/versions", VersionsAsync).WithSummary("Lists the versions, newest first.");
        workflows.MapGet("/{id}/graph", GraphAsync)
            .WithSummary("Draws the compiled graph: format=json, mermaid or dot.").Produces<JsonNode>();
        workflows.MapGet("/{id}/{part:regex(^(tasks|agents|tools)$)}", PartsAsync)
            .WithSummary("Lists the tasks, agents or tools of a definition.");
        workflows.MapGet("/{id}/{part:regex(^(tasks|agents|tools)$)}/{name}", PartAsync)
            .WithSummary("Reads one task, agent or tool of a definition.");
    }

    private static async Task<Ok<ItemsAnswer<WorkflowView>>> ListAsync(
        HttpContext context, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var limit = context.Request.Query.Integer("limit", 200, 1, 1000);
        var after = context.Request.Query.Text("cursor");
        var all = await registry.ListAsync(cancellationToken);
        var rest = all.Where(w => after is null || string.CompareOrdinal(w.Id, after) > 0).Take(limit + 1).Select(WorkflowView.Of).ToList();
        return rest.Count > limit ? Answers.Items(rest[..limit], rest[limit - 1].Id) : Answers.Items(rest);
    }

    private static async Task<Results<Ok<WorkflowDetail>, ContentHttpResult>> GetAsync(
        string id, HttpContext context, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var (version, definition) = await ResolveAsync(id, context, registry, cancellationToken);
        var text = await registry.TextAsync(version.ContentHash, cancellationToken);
        context.Response.Headers.ETag = $"\"{version.ContentHash}\"";
        if (context.Request.Query.Text("format") == "text" || WantsYaml(context.Request))
        {
            return TypedResults.Text(text ?? "", "application/yaml; charset=utf-8");
        }

        var view = WorkflowView.Of(version);
        return TypedResults.Ok(new WorkflowDetail
        {
            Id = view.Id,
            Name = view.Name,
            Description = view.Description,
            Version = view.Version,
            WorkflowVersion = view.WorkflowVersion,
            ContentHash = view.ContentHash,
            Dialect = view.Dialect,
            UpdatedAt = view.UpdatedAt,
            Source = view.Source,
            Definition = JsonNode.Parse(WorkflowDefinitionJson.Serialize(definition))!, // A definition is an object.
            Text = text,
        });
    }

    private static async Task<Results<Ok<PutWorkflowAnswer>, Created<PutWorkflowAnswer>>> PutAsync(
        string id, HttpContext context, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var text = await RequireTextAsync(context);
        var put = await registry.PutAsync(text, new PutWorkflowOptions { ExpectedId = id, File = id, Scheduled = true }, cancellationToken);
        if (put.Version is not { } version)
        {
            throw ApiException.InvalidDefinition(put.Diagnostics);
        }

        var answer =
            new PutWorkflowAnswer(version.Id, version.Revision, version.Version, version.ContentHash, put.Changed, put.Diagnostics);
        var self = Answers.Link(context, "/workflows/" + Uri.EscapeDataString(version.Id));
        context.Response.Headers.Location = self;
        return put.Created ? TypedResults.Created(self, answer) : TypedResults.Ok(answer);
    }

    private static async Task<NoContent> DeleteAsync(string id, WorkflowRegistry registry, CancellationToken cancellationToken) =>
        await registry.DeleteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : throw await registry.UnknownAsync(id, cancellationToken);

    private static async Task<Ok<ItemsAnswer<WorkflowView>>> VersionsAsync(
        string id, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var versions = await registry.VersionsAsync(id, cancellationToken);
        return versions.Count > 0 ? Answers.Items([.. versions.Select(WorkflowView.Of)])
            : throw await registry.UnknownAsync(id, cancellationToken);
    }

    private static async Task<ContentHttpResult> GraphAsync(
        string id, HttpContext context, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var format = context.Request.Query.Word<GraphFormat>("format") ?? GraphFormat.Json;
        var (_, definition) = await ResolveAsync(id, context, registry, cancellationToken);
        var drawn = WorkflowGraphRenderer.Render(definition, format);
        return TypedResults.Text(drawn, format == GraphFormat.Json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8");
    }

    private static async Task<Ok<ValidateAnswer>> ValidateAsync(HttpContext context, WorkflowRegistry registry)
    {
        var text = await RequireTextAsync(context);
        var loaded = await registry.LoadAsync(text, context.Request.Query.Text("file"), null, context.RequestAborted);
        var definition = loaded.HasErrors ? null : loaded.Definition;
        var hash = definition is null ? null : ContentHash.Of(definition);
        return TypedResults.Ok(new ValidateAnswer(definition is not null, definition?.Id, hash, loaded.Diagnostics));
    }

    private static async Task<Ok<ItemsAnswer<JsonNode>>> PartsAsync(
        string id, string part, HttpContext context, WorkflowRegistry registry, AgentRegistry agents, CancellationToken cancellationToken)
    {
        var (_, definition) = await ResolveAsync(id, context, registry, cancellationToken);
        return Answers.Items(await WorkflowParts.ListAsync(definition, part, agents, cancellationToken));
    }

    private static async Task<Ok<JsonNode>> PartAsync(
        string id, string part, string name, HttpContext context, WorkflowRegistry registry, AgentRegistry agents,
        CancellationToken cancellationToken)
    {
        var (_, definition) = await ResolveAsync(id, context, registry, cancellationToken);
        var parts = await WorkflowParts.ListAsync(definition, part, agents, cancellationToken);
        var found = parts.FirstOrDefault(p => WorkflowParts.NameOf(p) == name);
        return found is not null ? TypedResults.Ok(found) : throw ApiException.NotFound(
            "part_not_found",
            $"Workflow '{id}' has no '{name}' among its {part}.{NearMiss.HintOrList(name, parts.Select(WorkflowParts.NameOf))}");
    }

    // The latest version, or the one that ?version= names.
    private static async Task<(WorkflowVersion Version, WorkflowDefinition Definition)> ResolveAsync(
        string id, HttpContext context, WorkflowRegistry registry, CancellationToken cancellationToken)
    {
        var revision = context.Request.Query.Integer("version", 0, 1, int.MaxValue);
        if (revision == 0)
        {
            var latest = await registry.FindAsync(id, cancellationToken) ?? throw await registry.UnknownAsync(id, cancellationToken);
            return (latest.Version, latest.Definition);
        }

        var versions = await registry.VersionsAsync(id, cancellationToken);
        var version = versions.FirstOrDefault(v => v.Revision == revision) ?? throw ApiException.NotFound(
            "version_not_found",
            versions.Count == 0 ? $"There is no workflow '{id}'."
                : $"Workflow '{id}' has no version {revision}; the newest is {versions[0].Revision}.");
        return await registry.GetAsync(version.ContentHash, cancellationToken) is { } definition
            ? (version, definition)
            : throw new WeftException(
                "definition_missing", Fault.Conflict,
                $"Version {revision} of workflow '{id}' is listed, but its definition is not stored.");
    }

    private static async Task<string> RequireTextAsync(HttpContext context)
    {
        var text = await RequestText.ReadAsync(context, RequestText.YamlOrJson);
        return string.IsNullOrWhiteSpace(text) ? throw new ApiException(
            "empty_body", Fault.Malformed, "The body is empty; it must be a workflow in YAML or JSON.") : text;
    }

    private static bool WantsYaml(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("yaml", StringComparison.OrdinalIgnoreCase);
}
