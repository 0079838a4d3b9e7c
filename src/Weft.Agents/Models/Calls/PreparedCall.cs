using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Calls;

/// <summary>A call as it goes to a provider.</summary>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">Everything else.</param>
internal sealed record PreparedCall(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    /// <summary>
    /// Gets what the model would have to be told if the provider did not hold its reply to a form; null: it has been told, or there is no
    /// form.
    /// </summary>
    public string? FormInWords { get; init; }

    /// <summary>Gets what the prompt is billed for.</summary>
    public PromptText Prompt { get; init; } = PromptText.Empty;

    /// <summary>Gets the texts of the prompt, to strike them out of what a provider writes about it.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The same call, the form of the reply asked for in words alone.</summary>
    public PreparedCall WithFormInWords()
    {
        var options = Options.Clone();
        options.ResponseFormat = null;
        return this with
        {
            Options = options,
            Messages = FormInWords is null ? Messages : Instruct(Messages, FormInWords),
            FormInWords = null,
        };
    }

    /// <summary>The same call without a temperature.</summary>
    public PreparedCall WithoutTemperature()
    {
        var options = Options.Clone();
        options.Temperature = null;
        return this with { Options = options };
    }

    /// <summary>The same call, the choice of a tool left to the model.</summary>
    public PreparedCall WithFreeToolChoice()
    {
        var options = Options.Clone();
        options.ToolMode = ChatToolMode.Auto;
        return this with { Options = options, Messages = Instruct(Messages, Prompts.MustCall) };
    }

    /// <summary>Adds an instruction behind the other instructions.</summary>
    internal static List<ChatMessage> Instruct(IReadOnlyList<ChatMessage> messages, string instruction)
    {
        var list = messages.ToList();
        list.Insert(list.FindLastIndex(m => m.Role == ChatRole.System) + 1, new ChatMessage(ChatRole.System, instruction));
        return list;
    }
}
