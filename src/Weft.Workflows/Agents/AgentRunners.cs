using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>What runs each kind of agent. The kinds are those of <see cref="AgentKinds"/>.</summary>
internal static class AgentRunners
{
    private static readonly FrozenDictionary<AgentType, Func<AgentWork, Task<JsonNode?>>> ByType =
        new Dictionary<AgentType, Func<AgentWork, Task<JsonNode?>>>
        {
            [AgentType.Simple] = SimpleAgent.RunAsync,
            [AgentType.Reasoning] = work => new ReasoningAgent(work).RunAsync(),
            [AgentType.Code] = work => new CodeAgent(work).RunAsync(),
            [AgentType.Supervisor] = work => new SupervisorAgent(work).RunAsync(),
        }.ToFrozenDictionary();

    /// <summary>Gets the kinds that something runs.</summary>
    public static IReadOnlyCollection<AgentType> Types => ByType.Keys;

    /// <summary>Lets an agent of any kind work. Answers its output.</summary>
    /// <exception cref="AgentFailedException">It did not reach its end.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<JsonNode?> RunAsync(AgentWork work) => ByType.TryGetValue(work.Input.Type, out var run)
        ? run(work)
        : throw new AgentFailedException(new FailureDetails(
            "unknown_agent_type", $"Node '{work.Input.Scope.NodeId}': there is no agent of type '{work.Input.Type}'.", NonRetryable: true));
}
