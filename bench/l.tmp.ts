import { gradientsMatchFiniteDifferences } from '../src/laws/gradients';
import { moduleEngine } from '../src/engines/module';
(async()=>{ for(const n of ['Single','Inverse','Closures','Few'] ){const e=await moduleEngine('./test/engines/engines.cjs#'+n,process.cwd()); for(const seed of [1,2,3]){const t=performance.now();try{await gradientsMatchFiniteDifferences(e,{runs:5000,seed});console.log(n,'ok',(performance.now()-t)/5000)}catch(e){console.log(n,String(e))}}}})()
