/** How people shorten words by leaving the vowels out; not keys hit at random. */
export const SHORT_FORMS = new Set(
  `thnx thnks thks tmrw mrng mrn msgs msg brnd plzz plss pls krna krdo krke krte krne bhjo bhj phn nmbr whts wht thx dlvry pymnt rcvd rcv cntct mngr dscnt prc prdct srvc wrnty htl crm gst emi upi smth smthng ppl tnks ghntr ghr hrs hmm hmmm brr kgs mtrs ltrs pcs nmste rply clg hjr nhn thk thkk wrk shd cld wld ntg nthng cmplnt tkt ordr qtn qtns rgds rgrds bhk xls html http https www pvt ltd llp sgst cgst igst hsn rtgs neft imps kwh kva hvac cctv upvc hdpe ldpe`.split(
    /\s+/,
  ),
);
