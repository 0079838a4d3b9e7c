using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The decision of one who leads agents: whom to give which part of a task, and the answer once they have reported.</summary>
internal sealed partial class DelegationProtocol(SchemaDocument document, Facts facts, ToolTask task)
{
    private static readonly string[] Lists = ["assignments", "delegations", "handoffs"];
    private static readonly string[] AgentKeys = ["agent", "delegate", "worker", "assignee"];
    private static readonly string[] TaskKeys = ["task", "instruction", "instructions", "prompt", "goal"];

    public static bool Fits(SchemaDocument document) => ListIn(document) is not null;

    public JsonNode? Write()
    {
        var (list, item, agentKey) = ListIn(document)!.Value;
        var decision = new SchemaAuthor(document, facts, task).Write();
        if (decision is not JsonObject fields)
        {
            return decision;
        }

        var reports = Reports();
        var taskKey = Array.Find(TaskKeys, key => item.Obj("properties").Obj(key) is not null) ?? "task";
        fields[list] = reports.Count > 0 || IsLastRound ? new JsonArray() : new JsonArray([.. Assigned(item, agentKey).Select(part => new JsonObject { [agentKey] = part.Agent, [taskKey] = part.Task })]);
        if (document.Resolve(document.Root).Obj("properties").Obj("answer") is not null)
        {
            fields["answer"] = reports.Count > 0 ? string.Join(' ', reports) : IsLastRound ? Prose.Reply(facts) : null;
            if (fields["answer"] is null)
            {
                fields.Remove("answer");
            }
        }

        return fields;
    }

    private bool IsLastRound => facts.Request.Turns.Any(turn => turn.Text.StartsWith("This is the last round", StringComparison.OrdinalIgnoreCase));

    /// <summary>The parts of the task, each with the agent whose description shares most words with it; parts of one agent are one.</summary>
    private List<(string Agent, string Task)> Assigned(JsonObject item, string agentKey)
    {
        var agents = (document.Resolve(item.Obj("properties").Obj(agentKey)!).Arr("enum") ?? []).Select(name => name.AsText()).OfType<string>().ToList();
        var described = agents.ToDictionary(agent => agent, Describe);
        var parts = new List<(string Agent, string Task)>();
        foreach (var clause in TaskSteps.In(facts.LastUser))
        {
            var words = Words.Of(clause).Where(word => word.Length > 3 && !Words.IsFiller(word)).ToList();
            var (best, score) = agents.Select(agent => (agent, words.Count(word => described[agent].Exists(other => Words.Same(word, other))))).OrderByDescending(pair => pair.Item2).FirstOrDefault();
            if (score == 0)
            {
                continue;
            }

            var at = parts.FindIndex(part => part.Agent == best);
            if (at < 0)
            {
                parts.Add((best, clause));
            }
            else
            {
                parts[at] = (best, $"{parts[at].Task}\n{clause}");
            }
        }

        return parts.Count > 1 ? parts : agents.Count == 0 ? [] : [(parts.Count == 1 ? parts[0].Agent : agents[0], facts.LastUser)];
    }

    /// <summary>The words of an agent's name and of its line in the prompt.</summary>
    private List<string> Describe(string agent)
    {
        var line = facts.Prompt.Split('\n').FirstOrDefault(line => Entry().Match(line) is { Success: true } match && match.Groups[1].Value == agent);
        return [.. Words.Of($"{agent} {line}").Where(word => word.Length > 3 && !Words.IsFiller(word) && word != "agent")];
    }

    private List<string> Reports()
    {
        var reports = new List<string>();
        foreach (var turn in facts.Request.Turns.Where(turn => turn.Speaker == Speaker.User))
        {
            reports.AddRange(Report().Matches(turn.Text).Select(match => Prose.Say(match.Groups[1].Value.Trim())).Where(text => text.Length > 0));
        }

        return reports;
    }

    private static (string List, JsonObject Item, string AgentKey)? ListIn(SchemaDocument document)
    {
        var properties = document.Resolve(document.Root).Obj("properties");
        foreach (var name in Lists)
        {
            if (properties.Obj(name) is { } part && document.Resolve(part).Obj("items") is { } items && document.Resolve(items) is { } item
                && Array.Find(AgentKeys, key => item.Obj("properties").Obj(key) is not null) is { } agentKey)
            {
                return (name, item, agentKey);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^Report of [^\n:]+:\s*\n(.*?)(?=\n+Report of |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Report();

    [GeneratedRegex(@"^\s*[-*•]\s+[`""]?([\w.-]+)[`""]?\s*[:(–—-]")]
    private static partial Regex Entry();
}
