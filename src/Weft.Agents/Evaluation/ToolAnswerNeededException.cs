namespace Weft.Agents.Evaluation;

/// <summary>Ends an evaluation at a tool call whose answer is not there yet; the evaluation is then made again.</summary>
internal sealed class ToolAnswerNeededException(TemplateToolCall call) : Exception("A template asks for a tool's answer.")
{
    public TemplateToolCall Call { get; } = call;
}
