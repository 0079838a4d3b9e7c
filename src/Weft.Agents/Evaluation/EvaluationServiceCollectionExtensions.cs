using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Evaluation;

/// <summary>Registers the evaluation of templates.</summary>
internal static class EvaluationServiceCollectionExtensions
{
    /// <summary>Adds the activity <c>Evaluate</c>, whose templates may call tools.</summary>
    public static IServiceCollection AddEvaluation(this IServiceCollection services)
    {
        services.TryAddSingleton<TemplateTools>();
        services.TryAddSingleton<Evaluate>();
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<EvaluateRequest, EvaluateResult>(StepNames.Evaluate, s => s.GetRequiredService<Evaluate>()));
        return services;
    }
}
