using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks that an agent is asked something that it can do.</summary>
internal static class AgentUse
{
    public static void Check(LoadContext context, Library library, AgentStep step, SourceMap at, string subject)
    {
        if (library.OwnAgent(step.Agent) is { } own)
        {
            if (step.Action is not null && !own.Actions.Any(a => a.Id == step.Action))
            {
                context.Bag.Error(
                    DiagnosticCodes.UnknownAction,
                    at.Value("action") ?? at,
                    own.Actions.Count == 0
                        ? $"The agent '{own.Id}' has no actions, so none is called '{step.Action}'. Ask it with a prompt, or define the "
                            + $"action."
                        : $"The agent '{own.Id}' has no action "
                            + $"'{step.Action}'.{NearMiss.HintOrList(step.Action, own.Actions.Select(a => a.Id), "Its actions")}");
            }
            else if (step is { Action: null, Prompt: null })
            {
                var actions = own.Actions.Count == 0 ? "" : $" Its actions: {string.Join(", ", own.Actions.Select(a => a.Id))}.";
                context.Bag.Error(DiagnosticCodes.NothingAsked, at,
                    $"{subject} asks the agent '{own.Id}' nothing. Name an 'action', or write a prompt.{actions}");
            }
        }
        else if (step.Action is not null && step.Agent.Length > 0)
        {
            context.Bag.Warn(
                DiagnosticCodes.UnknownAction,
                at.Value("action") ?? at,
                $"{subject} asks the agent '{step.Agent}' for the action '{step.Action}', and the file defines no such agent. A "
                + $"registered one is a card, and cards have no actions: it is told the word '{step.Action}', and no more. Write a "
                + $"prompt, or define the agent under 'agents'.");
        }
        else if (step is { Prompt: null } && step.Agent.Length > 0)
        {
            context.Bag.Error(DiagnosticCodes.NothingAsked, at,
                $"{subject} asks the agent '{step.Agent}' nothing. Write 'prompt_template' (simple), 'task' (reasoning) or 'goal' (code).");
        }
    }

    /// <summary>Checks the memories that agents use.</summary>
    public static void CheckMemories(LoadContext context, IEnumerable<string> defined)
    {
        var known = defined.Concat(["conversation_history", "knowledge_base", "memory"]).ToHashSet();
        foreach (var agent in context.Root.Maps("agents"))
        {
            CheckMemories(context, agent, known);
        }
    }

    public static void CheckMemories(LoadContext context, SourceMap owner, IReadOnlySet<string> known)
    {
        foreach (var item in owner.Items("memory"))
        {
            var id = item as SourceScalar ?? (item as SourceMap)?.Scalar("id");
            if (id is not null && !known.Contains(id.Text) && context.Root.Has("memories"))
            {
                context.Bag.Error(DiagnosticCodes.UnknownMemory, id,
                    $"No memory has the id '{id.Text}'.{NearMiss.HintOrList(id.Text, known, "Known memories")}");
            }
        }
    }
}
