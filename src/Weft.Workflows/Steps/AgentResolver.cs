using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Finds the agent that a step names, among the file's own and the registered cards.</summary>
internal static class AgentResolver
{
    /// <summary>Resolves an agent step.</summary>
    /// <exception cref="WeftException">There is no such agent or action.</exception>
    public static ResolvedAgent Resolve(WorkflowRun run, string nodeId, AgentStep step, List<string> warnings)
    {
        if (run.Workflow.Agent(step.Agent) is { } own)
        {
            return OfOwn(run, nodeId, step, own, warnings);
        }

        if (run.Loaded.Agents.TryGetValue(step.Agent, out var card))
        {
            return OfCard(run, nodeId, step, card, warnings);
        }

        throw new WeftException(
            "unknown_agent",
            Fault.Invalid,
            $"Node '{nodeId}' names the agent '{step.Agent}', which is neither in the file nor "
            + $"registered.{NearMiss.HintOrList(step.Agent, run.Workflow.AgentNames.Concat(run.Loaded.Agents.Keys), "Known agents")}");
    }

    private static ResolvedAgent OfOwn(WorkflowRun run, string nodeId, AgentStep step, AgentDefinition agent, List<string> warnings)
    {
        var action = step.Action is null ? null : agent.Actions.FirstOrDefault(x => x.Id == step.Action)
            ?? throw new WeftException(
                "unknown_action",
                Fault.Invalid,
                $"Node '{nodeId}': the agent '{agent.Id}' has no action "
                + $"'{step.Action}'.{NearMiss.HintOrList(step.Action, agent.Actions.Select(x => x.Id), "Its actions")}");
        var config = Merge(step.Config, new AgentConfig
        {
            OutputSchema = action?.OutputSchema,
            JsonMode = action?.JsonMode ?? false,
            Tools = action?.Tools ?? [],
        });
        config = Merge(config, agent.Config);
        if (config.Models.Count == 0 && Model(run, agent.Model, config) is { } model)
        {
            config = config with { Models = [model] };
        }

        var tools = ToolsOf(run, config, null, warnings);
        var type = AgentKinds.Choose(agent.Type, config.Supervisor is not null, tools.Count > 0);
        return new ResolvedAgent
        {
            Name = agent.Id,
            Type = type,
            Config = config,
            Description = agent.Description,
            Prompt = (action?.Prompt, step.Prompt) switch
            {
                ({ } asked, { Length: > 0 } more) => $"{asked}\n\nAdditional context:\n\"\"\"\n{more}\n\"\"\"",
                ({ } asked, _) => asked,
                (_, var prompt) => prompt,
            },
            SystemPrompt = step.SystemPrompt ?? agent.Instructions,
            Profile = ProfileOf(run, config.ModelProfile, type),
            Tools = tools,
            Memory = [.. agent.Memory.Concat(config.Memory).DistinctBy(x => x.Id)],
            Defaults = [.. new[] { agent.With, action?.With }.OfType<JsonObject>()],
            InputSchema = action?.InputSchema,
            Env = agent.Env,
        };
    }

    private static ResolvedAgent OfCard(WorkflowRun run, string nodeId, AgentStep step, AgentCard card, List<string> warnings)
    {
        var config = Merge(step.Config, new AgentConfig
        {
            ModelProfile = card.DefaultProfile,
            MaxIterations = card.MaxIterations,
            MaxTokens = card.MaxTokens,
            Temperature = card.Temperature,
            OutputSchema = card.OutputSchema,
            Tools = card.Tools,
        });
        var type = config.Supervisor is not null ? AgentType.Supervisor : card.Type; // whom it is given to lead decides
        if (config is { Models.Count: 0, ModelProfile: null })
        {
            // Nobody names a profile: the card's own model is meant, else the file's default.
            string[] named =
                card.DefaultModel is { } own ? [own, .. card.SupportedModels] : Model(run, null, config) is { } usual ? [usual] : [];
            config = config with
            {
                Models = [.. named.Distinct(StringComparer.Ordinal)],
                ModelProfile = AgentKinds.Of(type).DefaultProfile,
            };
        }

        var tools = ToolsOf(run, config, card.MaxTools, warnings);
        if (card.RequiresTools && tools.Count == 0)
        {
            throw new WeftException(
                "tools_required",
                Fault.Invalid,
                config.Tools.Count == 0
                    ? $"The agent '{step.Agent}' is of no use without tools (its card says 'requires_tools'), and node '{nodeId}' gives "
                        + $"it none. List them under 'tools', or put them on the card."
                    : $"The agent '{step.Agent}' is of no use without tools (its card says 'requires_tools'), and none of those that "
                        + $"node '{nodeId}' lists is known: {string.Join(", ", config.Tools)}. Is Composio's key set? 'weft tools' lists "
                        + $"what there is.");
        }

        return new ResolvedAgent
        {
            Name = step.Agent,
            Type = type,
            Config = config,
            Description = card.Description,
            Prompt = step.Prompt,
            SystemPrompt = step.SystemPrompt ?? card.SystemPrompt,
            Profile = ProfileOf(run, config.ModelProfile, type),
            PreferredModels = [.. new[] { card.DefaultModel }.OfType<string>().Concat(card.SupportedModels).Distinct(
                StringComparer.Ordinal)],
            Tools = tools,
            Action = step.Action,
            Memory = config.Memory,
            CardTimeout = card.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(card.TimeoutSeconds) : null,
        };
    }

    /// <summary>Lays one configuration over another.</summary>
    private static AgentConfig Merge(AgentConfig over, AgentConfig under) => new()
    {
        ModelProfile = over.ModelProfile ?? under.ModelProfile,
        Models = over.Models.Count > 0 ? over.Models : under.Models,
        MaxIterations = over.MaxIterations ?? under.MaxIterations,
        MaxRetries = over.MaxRetries ?? under.MaxRetries,
        Temperature = over.Temperature ?? under.Temperature,
        MaxTokens = over.MaxTokens ?? under.MaxTokens,
        OutputSchema = over.OutputSchema ?? under.OutputSchema,
        JsonMode = over.JsonMode || under.JsonMode,
        Tools = over.Tools.Count > 0 ? over.Tools : under.Tools,
        ContextSources = over.ContextSources.Count > 0 ? over.ContextSources : under.ContextSources,
        MaxCostPerCall = over.MaxCostPerCall ?? under.MaxCostPerCall,
        MaxLatencyMs = over.MaxLatencyMs ?? under.MaxLatencyMs,
        OnUnknownOutcome = over.OnUnknownOutcome != UnknownOutcomePolicy.Fail ? over.OnUnknownOutcome : under.OnUnknownOutcome,
        Memory = [.. over.Memory.Concat(under.Memory).DistinctBy(x => x.Id)],
        Supervisor = over.Supervisor ?? under.Supervisor,
    };

    /// <summary>The one model that an agent of the file runs on; null: whatever its profile offers.</summary>
    private static string? Model(WorkflowRun run, string? named, AgentConfig config) =>
        named ?? (config.ModelProfile is null ? run.Definition.Models.FirstOrDefault(x => x.Default)?.Name : null);

    private static string ProfileOf(WorkflowRun run, string? named, AgentType type)
    {
        var profile = named ?? AgentKinds.Of(type).DefaultProfile;
        return run.Definition.LlmProfiles.TryGetValue(profile, out var meant) ? meant : profile;
    }

    private static List<ToolReference> ToolsOf(WorkflowRun run, AgentConfig config, int? most, List<string> warnings)
    {
        var tools = new Dictionary<string, ToolReference>(StringComparer.Ordinal);
        foreach (var spec in config.Tools.SelectMany(
            x => x.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var meant = Meant(run, spec);
            if (meant.Count == 0)
            {
                warnings.Add($"The tool '{spec}' is not known, so the agent does without it. 'weft tools' lists what there is.");
            }

            foreach (var tool in meant)
            {
                tools.TryAdd(tool.Name, tool);
            }
        }

        if (most is { } limit && tools.Count > limit)
        {
            warnings.Add($"The agent takes at most {limit} tools: {string.Join(", ", tools.Keys.Skip(limit))} are left out.");
            return [.. tools.Values.Take(limit)];
        }

        return [.. tools.Values];
    }

    private static IReadOnlyList<ToolReference> Meant(WorkflowRun run, string spec)
    {
        if (run.Workflow.Tool(spec) is { } own)
        {
            return [new ToolReference(own.Id, EntityChoice.AppOf(own), ReadOnly: false)
            {
                Description = own.Description,
                Parameters = own.InputSchema,
                Idempotent = own.Idempotent ?? false,
            }];
        }

        if (!run.Loaded.Tools.TryGetValue(spec, out var tools))
        {
            return [];
        }

        var app = spec.EndsWith(".*", StringComparison.Ordinal) ? spec[..^2] : null;
        var allowed =
            run.Definition.ComposioApps.FirstOrDefault(x => string.Equals(x.Name, app, StringComparison.OrdinalIgnoreCase))?.Actions ?? [];
        return allowed.Count == 0 ? tools : [.. tools.Where(x => allowed.Any(y => IsAction(x.Name, app, y)))];
    }

    private static bool IsAction(string tool, string? app, string action) =>
        string.Equals(tool, action, StringComparison.OrdinalIgnoreCase)
            || string.Equals(tool, $"{app}.{action}", StringComparison.OrdinalIgnoreCase);
}
