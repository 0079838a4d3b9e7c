using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs;
using Weft.Functions.TestHost.Worker;

namespace Weft.Functions.TestHost.Durable;

/// <summary>Makes the type that the WebJobs SDK indexes in place of the app: a method for each orchestrator and activity.</summary>
internal static class FunctionTypes
{
    // Histories show it: a failed activity is 'Functions.CallTool', as on the host.
    private const string TypeName = "Host.Functions";

    public static Type Build(IEnumerable<AppFunction> functions)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("App"), AssemblyBuilderAccess.Run).DefineDynamicModule("App");
        var type = module.DefineType(TypeName, TypeAttributes.Public);
        foreach (var function in functions)
        {
            switch (function.TriggerType)
            {
                case "orchestrationtrigger":
                    Define(type, function, nameof(DurableFunctions.OrchestrateAsync), typeof(OrchestrationTriggerAttribute));
                    break;
                case "activitytrigger":
                    Define(type, function, nameof(DurableFunctions.ActAsync), typeof(ActivityTriggerAttribute), "instanceId");
                    break;
                default:
                    break; // The others are started by this host itself.
            }
        }

        return type.CreateType();
    }

    // public static Task<object> Name([Trigger] string input, string more) => DurableFunctions.Target("Name", input, more);
    private static void Define(TypeBuilder type, AppFunction function, string target, Type trigger, params string[] more)
    {
        var parameters = Enumerable.Repeat(typeof(string), 1 + more.Length).ToArray();
        var method = type.DefineMethod(
            function.Name, MethodAttributes.Public | MethodAttributes.Static, typeof(Task<object>), parameters);
        method.DefineParameter(1, ParameterAttributes.None, function.TriggerName)
            .SetCustomAttribute(new CustomAttributeBuilder(trigger.GetConstructor([])!, [])); // Both triggers have one without parameters.
        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldstr, function.Name);
        body.Emit(OpCodes.Ldarg_0);
        for (var i = 0; i < more.Length; i++)
        {
            method.DefineParameter(i + 2, ParameterAttributes.None, more[i]);
            body.Emit(OpCodes.Ldarg, i + 1);
        }

        body.Emit(OpCodes.Call, typeof(DurableFunctions).GetMethod(target)!); // Named by nameof.
        body.Emit(OpCodes.Ret);
    }
}
